/**
 * Proves, with the real Terraform and AWS provider, on the embedded AWS, that the pilot light fails back to its home. The failback follows
 * a failover and a rebuild. The other site is then rebuilt. No plan destroys or replaces data, and every plan is empty afterwards.
 *
 * Does not prove that data is replicated, how long AWS takes, or that AWS accepts every request: the emulator keeps configuration.
 */
import { promoteInstance } from "../../emulator";
import { failedOver, HistoryEvent, PilotLight, rebuilt } from "../../stacks";
import { databases, turnOnMultiAz } from "../live/databases";
import { LiveWorkload } from "../live/live-workload";
import { expectedRebuild } from "../live/rebuild";
import { shop } from "../support/workloads";

const MINUTES = 60_000;
const SEOUL = "ap-northeast-2";
const TOKYO = "ap-northeast-1";

let live: LiveWorkload;
const history: HistoryEvent[] = [];

beforeAll(async () => {
  live = await LiveWorkload.start();
  await synthesise();
  await live.apply();
}, 14 * MINUTES);

afterAll(() => live.stop(), MINUTES);

test(
  "it fails over to tokyo, and seoul is rebuilt",
  async () => {
    await promoteInstance(live.emulator.sdkConfig(TOKYO), "orders-ledger-tokyo", 7);
    for (const event of [failedOver("tokyo", { on: "2027-03-02" }), rebuilt("seoul", { on: "2027-03-09" })]) {
      await record(event);
      await live.apply("orders-seoul", "orders-tokyo", "orders-front-door");
      expect(await live.changes()).toEqual([]);
    }
  },
  20 * MINUTES,
);

describe("failed over back to seoul", () => {
  test(
    "recorded after the promotion, it destroys and replaces nothing",
    async () => {
      await promoteInstance(live.emulator.sdkConfig(SEOUL), "orders-ledger-seoul-2", 7);
      await turnOnMultiAz(live.emulator, SEOUL, "orders-ledger-seoul-2");
      await record(failedOver("seoul", { on: "2027-03-16" }));
      expect(await live.changes()).toEqual([
        "orders-front-door: update aws_route53_record.From-tokyo_Primary",
        "orders-seoul: forget aws_db_instance_automated_backups_replication.ledger_Backups2",
        "orders-seoul: update aws_autoscaling_group.api_Group",
        "orders-seoul: update aws_cloudwatch_metric_alarm.ledger_Lag2",
        "orders-seoul: update aws_db_instance.ledger_Instance2",
        "orders-tokyo: update aws_autoscaling_group.api_Group",
      ]);
      await live.apply("orders-seoul", "orders-tokyo", "orders-front-door");
      expect(await live.changes()).toEqual([]);
    },
    10 * MINUTES,
  );

  test(
    "after its rebuild, tokyo has a new replica next to the old database",
    async () => {
      await record(rebuilt("tokyo", { on: "2027-03-17" }));
      expect(await live.changes()).toEqual(
        [
          ...expectedRebuild("tokyo", "seoul", {
            replica: "ledger_Instance2",
            switches: ["Switch-seoul2", "Switch-tokyo2"],
          }),
          "orders-tokyo: update aws_lb.api_LoadBalancer",
        ].sort(),
      );
      await live.apply("orders-seoul", "orders-tokyo", "orders-front-door");
      expect(await databases(live.emulator, TOKYO)).toEqual({
        "orders-ledger-tokyo": null,
        "orders-ledger-tokyo-2": "orders-ledger-seoul-2",
      });
      expect(await databases(live.emulator, SEOUL)).toEqual({
        "orders-ledger-seoul": null,
        "orders-ledger-seoul-2": null,
      });
      expect(await live.changes()).toEqual([]);
    },
    10 * MINUTES,
  );
});

function synthesise(): Promise<void> {
  return live.synthesise((app) => new PilotLight(app, "orders", shop({ history })));
}

async function record(event: HistoryEvent): Promise<void> {
  history.push(event);
  await synthesise();
}
