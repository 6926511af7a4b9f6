/** Proves the warning about a failover to a site that was not rebuilt. The JSON stays the same. */
import { App, Testing } from "cdktf";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { failedOver, HistoryEvent, PilotLight, rebuilt } from "../../stacks";
import { shop } from "../support/workloads";

const TO_TOKYO = failedOver("tokyo", { on: "2027-03-02" });
const REBUILT = rebuilt("seoul", { on: "2027-03-05" });
const TO_SEOUL = failedOver("seoul", { on: "2027-03-09" });

/** Notices by name of their stack, as cdktf prints them. */
function noticesOf(history: readonly HistoryEvent[]): string[] {
  const app: App = Testing.app();
  new PilotLight(app, "orders", shop({ history }));
  app.synth();
  const manifest = JSON.parse(readFileSync(join(app.outdir, "manifest.json"), "utf8")) as {
    stacks: Record<string, { annotations: { level: string; message: string }[] }>;
  };
  return Object.entries(manifest.stacks).flatMap(([name, { annotations }]) =>
    annotations.map(({ level, message }) => `${name} ${level}: ${message}`),
  );
}

test("a failover to a site that was not rebuilt warns about the writes that its databases lack", () => {
  expect(noticesOf([TO_TOKYO, TO_SEOUL])).toEqual([
    "orders-seoul @cdktf/info: history[1] fails over to 'seoul', which was not rebuilt: its databases do not have what 'tokyo' wrote since 2027-03-02",
  ]);
});

test.each([[[]], [[TO_TOKYO]], [[TO_TOKYO, REBUILT]], [[TO_TOKYO, REBUILT, TO_SEOUL]]])(
  "nothing is said of %j",
  (history) => expect(noticesOf(history)).toEqual([]),
);
