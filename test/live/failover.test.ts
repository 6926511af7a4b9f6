/**
 * Proves, with the real Terraform and the embedded AWS, that a failover of the pilot light destroys and replaces no data. The same is
 * true of recording it and of rebuilding the lost site. Every plan is empty afterwards. The layer `long` tests the failback.
 *
 * Does not prove that data is replicated, how long AWS takes, or that AWS accepts every request: the emulator keeps configuration. Each
 * test needs the ones before it.
 */
import { promoteInstance } from "../../emulator";
import { failedOver, HistoryEvent, PilotLight, rebuilt } from "../../stacks";
import { readable } from "../support/difference";
import { shop } from "../support/workloads";
import { databases } from "./databases";
import { LiveWorkload } from "./live-workload";
import { expectedRebuild } from "./rebuild";

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

describe("a failover to tokyo", () => {
  test(
    "leaves an empty plan when the replica has been promoted, before anything is recorded",
    async () => {
      await promoteInstance(live.emulator.sdkConfig(TOKYO), "orders-ledger-tokyo", 7);
      expect(await databases(live.emulator, TOKYO)).toEqual({ "orders-ledger-tokyo": null });
      expect((await live.stack("orders-tokyo").plan()).changes).toEqual([]);
    },
    MINUTES,
  );

  test(
    "recorded, it destroys and replaces nothing, in any stack, and is empty after the apply",
    async () => {
      await record(failedOver("tokyo", { on: "2027-03-02" }));
      expect(await live.changes()).toEqual([
        "orders-front-door: update aws_route53_record.From-seoul_Primary",
        "orders-seoul: update aws_autoscaling_group.api_Group",
        "orders-tokyo: forget aws_db_instance_automated_backups_replication.ledger_Backups",
        "orders-tokyo: update aws_autoscaling_group.api_Group",
        "orders-tokyo: update aws_cloudwatch_metric_alarm.ledger_Lag",
        "orders-tokyo: update aws_db_instance.ledger_Instance",
        "orders-tokyo: update aws_lb.api_LoadBalancer",
      ]);
      await live.apply("orders-seoul", "orders-tokyo", "orders-front-door");
      expect(await live.changes()).toEqual([]);
    },
    10 * MINUTES,
  );

  test(
    "after its rebuild, seoul has a new replica next to the old database, which is forgotten and still exists",
    async () => {
      await record(rebuilt("seoul", { on: "2027-03-09" }));
      expect(await live.changes()).toEqual(
        expectedRebuild("seoul", "tokyo", { replica: "ledger_Instance", switches: ["Switch-tokyo", "Switch-seoul2"] }),
      );
      await live.apply("orders-seoul", "orders-tokyo", "orders-front-door");
      expect(await databases(live.emulator, SEOUL)).toEqual({
        "orders-ledger-seoul": null,
        "orders-ledger-seoul-2": "orders-ledger-tokyo",
      });
      expect(await live.changes()).toEqual([]);
      expect((await live.stack("orders-seoul").stateList()).map(readable)).not.toContain(
        "aws_db_instance.ledger_Instance",
      );
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
