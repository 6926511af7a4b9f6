/**
 * Proves which sources and places a replica refuses. Does not prove that AWS accepts what is not refused.
 */
import { TerraformStack, Testing } from "cdktf";
import { RefusalCode } from "../../modules/core";
import {
  DatabaseGroups,
  MasterUserSecret,
  ReadReplica,
  ReadReplicaProps,
  SourceDatabase,
} from "../../modules/rds-read-replica";
import { Site } from "../../modules/site";
import { KEY, NETWORK, REPLICA } from "../support/rds";
import { expectRefusal, OSAKA, SEOUL, TOKYO, TOKYO_ABROAD } from "../support/synth";

const SOURCE_REF = { ...SEOUL, identifier: "ledger-seoul" };

function site(props = TOKYO, id = "Tokyo"): Site {
  return new Site(new TerraformStack(Testing.app(), "stack"), id, props);
}

function groupsIn(where: Site): DatabaseGroups {
  return new DatabaseGroups(where, "Groups", { ...NETWORK, engine: "postgres", engineVersion: "16", name: "ledger" });
}

describe("ReadReplica fails", () => {
  test.each<[Partial<ReadReplicaProps>, RefusalCode, string | RegExp]>([
    [{ kmsKeyArn: undefined }, "KeyMissingInReplicaSite", "the source's key does not leave 'ap-northeast-2'"],
    [{ kmsKeyArn: KEY.seoul }, "KeyInOtherRegion", "'kmsKeyArn' is in 'ap-northeast-2', the site is 'ap-northeast-1'"],
    [
      { backups: { retentionDays: 0 } },
      "BackupsOff",
      "'backups.retentionDays' must be 1 to 35, got 0, which switches automated backups off",
    ],
    [
      { source: SourceDatabase.refOf({ ...SOURCE_REF, managedMasterPassword: true }) },
      "ManagedPasswordReplicated",
      "RDS manages the master password of 'ledger-seoul'",
    ],
    [
      { source: SourceDatabase.refOf({ ...SOURCE_REF, engine: "mysql" }) },
      "EngineMismatch",
      "'ledger-seoul' is MySQL, the replica PostgreSQL",
    ],
    [
      { source: SourceDatabase.refOf({ ...SOURCE_REF, engineVersion: "15.4" }) },
      "EngineMismatch",
      "'ledger-seoul' is version 15, the replica 16",
    ],
    [
      { source: SourceDatabase.refOf({ ...SOURCE_REF, region: "cn-north-1" }) },
      "ForeignPartition",
      "'ap-northeast-1' lies in partition aws, 'cn-north-1' in aws-cn",
    ],
    [
      { upgrades: { allowMajorVersion: true } },
      "ConflictingSettings",
      "'upgrades.allowMajorVersion' is given, and AWS upgrades no replica of PostgreSQL by itself",
    ],
    [
      { multiAz: true, availabilityZone: "ap-northeast-1a" },
      "ConflictingSettings",
      "'availabilityZone' is given for a Multi-AZ instance, which AWS places itself",
    ],
  ])("with %j", (props, code, problem) => {
    expectRefusal(
      () => new ReadReplica(site(), "Ledger", { ...REPLICA, ...props }),
      code,
      problem,
      "stack/Tokyo/Ledger",
    );
  });

  test("with an own password before it is promoted", () => {
    const tokyo = site();
    const masterUserSecret = new MasterUserSecret(tokyo, "Master", { kmsKeyArn: KEY.tokyo, name: "s", username: "u" });
    expectRefusal(
      () => new ReadReplica(tokyo, "Ledger", { ...REPLICA, masterUserSecret }),
      "ConflictingSettings",
      "'masterUserSecret' is given, and the replica has not been promoted",
    );
  });

  test("with a secret of another site", () => {
    const tokyo = site();
    const osaka = new Site(TerraformStack.of(tokyo), "Osaka", OSAKA);
    const kmsKeyArn = KEY.tokyo.replace("ap-northeast-1", "ap-northeast-3");
    const masterUserSecret = new MasterUserSecret(osaka, "Master", { kmsKeyArn, name: "s", username: "u" });
    expectRefusal(
      () => new ReadReplica(tokyo, "Ledger", { ...REPLICA, promoted: true, masterUserSecret }),
      "WrongSite",
      "'masterUserSecret' is in stack/Osaka, the site is stack/Tokyo",
    );
  });

  test("in another account", () => {
    expectRefusal(
      () => new ReadReplica(site(TOKYO_ABROAD), "Ledger", REPLICA),
      "ReplicaInOtherAccount",
      "'ledger-seoul' is in account '111122223333', its copy in '444455556666'",
      "stack/Tokyo/Ledger",
    );
  });

  test.each<[ReadReplicaProps["engine"], string, string, boolean]>([
    ["mysql", "8.0", "8.4", true],
    ["mysql", "8.4", "8.0", false],
    ["mariadb", "10.11", "11.4", true],
    ["postgres", "16", "17", false],
  ])("%s %s is followed by %s: %s", (engine, there, engineVersion, allowed) => {
    const source = SourceDatabase.refOf({ ...SOURCE_REF, engine, engineVersion: there });
    const create = () => new ReadReplica(site(), "Ledger", { ...REPLICA, engine, engineVersion, source });
    if (allowed) expect(create().ref.engineVersion).toBe(engineVersion);
    else expectRefusal(create, "EngineMismatch", `'ledger-seoul' is version ${there}, the replica ${engineVersion}`);
  });

  test("beyond five in other regions, over all stacks of the app", () => {
    const app = Testing.app();
    const add = (count: number) => {
      const tokyo = new Site(new TerraformStack(app, `stack-${count}`), "Tokyo", TOKYO);
      return new ReadReplica(tokyo, "Ledger", { ...REPLICA, identifier: `ledger-tokyo-${count}` });
    };
    for (let count = 1; count <= 5; count++) add(count);
    expectRefusal(
      () => add(6),
      "TooManyReplicas",
      "'ledger-seoul' has 5 replicas in other regions already, AWS guarantees no more",
      "stack-6/Tokyo/Ledger",
    );
  });

  test("beyond fifteen", () => {
    const seoul = site(SEOUL, "Seoul");
    const groups = groupsIn(seoul);
    const add = (count: number) =>
      new ReadReplica(seoul, `Reads-${count}`, {
        ...REPLICA,
        groupSettings: undefined,
        groups,
        identifier: `reads-${count}`,
        inSourceRegion: true,
        kmsKeyArn: undefined,
      });
    for (let count = 1; count <= 15; count++) add(count);
    expectRefusal(
      () => add(16),
      "TooManyReplicas",
      "'ledger-seoul' has 15 replicas already, AWS allows no more",
      "stack/Seoul/Reads-16",
    );
  });
});
