/**
 * Proves on the embedded AWS, with the real Terraform and AWS provider: a failover of the pilot light, its record and the rebuild of the
 * lost site, there and back again, destroy and replace no data, and every plan is empty afterwards.
 *
 * Does not prove that data is replicated, how long AWS takes, or that AWS accepts every request: the emulator keeps configuration.
 * Each test needs the ones before it.
 */
import { promoteInstance } from "../../emulator";
import { failedOver, HistoryEvent, PilotLight, rebuilt } from "../../stacks";
import { readable } from "../support/difference";
import { shop } from "../support/workloads";
import { databases, turnOnMultiAz } from "./databases";
import { LiveWorkload } from "./live-workload";

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
    "rebuilt, seoul has a fresh replica beside the old database, which is forgotten and still there",
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
    "rebuilt, tokyo has a fresh replica beside the old database",
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

/**
 * A rebuild creates a next generation and forgets the one before. What ran in the site is replaced, the failover of the active site is over,
 * and the front door begins with the active site. No data is destroyed.
 */
function expectedRebuild(
  site: "seoul" | "tokyo",
  active: "seoul" | "tokyo",
  { replica, switches: [former, next] }: { readonly replica: string; readonly switches: readonly [string, string] },
): string[] {
  const lines = [
    `${site}: forget aws_cloudwatch_log_group.ledger_Instance_Log-postgresql`,
    `${site}: forget aws_cloudwatch_log_group.ledger_Instance_Log-upgrade`,
    `${site}: forget aws_db_instance.ledger_Instance`,
    `${site}: create aws_cloudwatch_log_group.ledger_Instance2_Log-postgresql`,
    `${site}: create aws_cloudwatch_log_group.ledger_Instance2_Log-upgrade`,
    `${site}: create aws_cloudwatch_metric_alarm.ledger_Lag2`,
    `${site}: create aws_db_instance.ledger_Instance2`,
    `${site}: create aws_db_instance_automated_backups_replication.ledger_Backups2`,
    `${site}: update aws_ssm_parameter.ledger_BackupsArn`,
    `${site}: update aws_ssm_parameter.ledger_Published-address`,
    `${site}: delete+create aws_autoscaling_group.api_Group`,
    `${site}: update terraform_data.Generation`,
    `${site}: delete aws_cloudwatch_metric_alarm.FailoverSwitch`,
    `${site}: create aws_cloudwatch_metric_alarm.FailoverSwitch2`,
    `${active}: update aws_db_instance.${replica}`,
    `${active}: delete aws_cloudwatch_metric_alarm.${replica.replace("Instance", "Lag")}`,
    `front-door: delete aws_route53_health_check.${former}`,
    `front-door: create aws_route53_health_check.${next}`,
    `front-door: delete aws_route53_record.From-${site}_Primary`,
    `front-door: delete aws_route53_record.From-${site}_Secondary`,
    `front-door: create aws_route53_record.From-${active}_Primary`,
    `front-door: create aws_route53_record.From-${active}_Secondary`,
    "front-door: update aws_route53_record.Record",
  ];
  return lines.map((line) => `orders-${line}`).sort();
}
