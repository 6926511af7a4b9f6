/**
 * Proves what is synthesised for backups that are copied to another region. Does not prove that AWS copies between the two regions:
 * not every pair can.
 */
import { DbInstanceAutomatedBackupsReplication } from "@cdktf/provider-aws/lib/db-instance-automated-backups-replication";
import { TerraformStack, Testing } from "cdktf";
import "cdktf/lib/testing/adapters/jest";
import { Duration, protectionsBelow, RefusalCode } from "../../modules/core";
import {
  AutomatedBackupsParameter,
  AutomatedBackupsReplication,
  AutomatedBackupsReplicationProps,
  DatabaseGroups,
  ReadReplica,
  SourceDatabase,
} from "../../modules/rds-read-replica";
import { Site } from "../../modules/site";
import { KEY, NETWORK, REPLICA, SOURCE } from "../support/rds";
import { expectRefusal, OSAKA, SEOUL, synth, synthInSite, TOKYO, TOKYO_ABROAD } from "../support/synth";

const PROPS: AutomatedBackupsReplicationProps = {
  kmsKeyArn: KEY.tokyo,
  source: SourceDatabase.refOf({ ...SEOUL, identifier: "ledger-seoul" }),
};

function site(props = TOKYO, id = "Tokyo"): Site {
  return new Site(new TerraformStack(Testing.app(), "stack"), id, props);
}

function groupsIn(where: Site): DatabaseGroups {
  return new DatabaseGroups(where, "Groups", { ...NETWORK, engine: "postgres", engineVersion: "16", name: "ledger" });
}

describe("AutomatedBackupsReplication", () => {
  test("defaults", () => {
    const tf = synthInSite((tokyo) => new AutomatedBackupsReplication(tokyo, "Backups", PROPS), TOKYO);

    expect(tf.types()).toEqual([
      "aws_db_instance_automated_backups_replication", // the copies, made in the region that receives them
    ]);
    expect(tf.only("aws_db_instance_automated_backups_replication")).toEqual({
      provider: "aws",
      source_db_instance_arn: "arn:aws:rds:ap-northeast-2:111122223333:db:ledger-seoul",
      kms_key_id: KEY.tokyo,
      retention_period: 7,
      timeouts: { create: "12h", delete: "3h" },
      lifecycle: { prevent_destroy: true },
    });
    expect(tf.text).toHaveResourceWithProperties(DbInstanceAutomatedBackupsReplication, { retention_period: 7 });
  });

  test("every setting", () => {
    const tf = synthInSite((tokyo) => {
      new AutomatedBackupsReplication(tokyo, "Backups", { ...PROPS, destroyable: true, retentionDays: 35 });
    }, TOKYO);
    expect(tf.only("aws_db_instance_automated_backups_replication")).toMatchObject({
      retention_period: 35,
      lifecycle: { prevent_destroy: false },
    });
  });

  test("waits for a source of the same stack", () => {
    const tf = synth((scope) => {
      const source = new SourceDatabase(new Site(scope, "Seoul", SEOUL), "Ledger", SOURCE);
      new AutomatedBackupsReplication(new Site(scope, "Tokyo", TOKYO), "Backups", { ...PROPS, source: source.ref });
    });
    expect(tf.only("aws_db_instance_automated_backups_replication").depends_on).toEqual([
      expect.stringMatching(/^aws_db_instance\.Seoul_Ledger_/),
    ]);
  });

  test("waits for the site's replica of the same source, which AWS could not make at the same time", () => {
    const tf = synthInSite((tokyo) => {
      const { ref: replica } = new ReadReplica(tokyo, "Ledger", REPLICA);
      new AutomatedBackupsReplication(tokyo, "Backups", { ...PROPS, replica });
    }, TOKYO);
    expect(tf.only("aws_db_instance_automated_backups_replication").depends_on).toEqual([
      expect.stringMatching(/^aws_db_instance\.Site_Ledger_/),
    ]);
  });

  test("two of them live in one stack", () => {
    const tf = synthInSite((tokyo) => {
      new AutomatedBackupsReplication(tokyo, "One", PROPS);
      new AutomatedBackupsReplication(tokyo, "Two", {
        ...PROPS,
        source: SourceDatabase.refOf({ ...SEOUL, identifier: "carts-seoul" }),
      });
    }, TOKYO);
    expect(tf.all("aws_db_instance_automated_backups_replication")).toHaveLength(2);
  });

  test("says what may be lost, and how to restore into the site's own groups", () => {
    const tokyo = site();
    const groups = groupsIn(tokyo);
    const backups = new AutomatedBackupsReplication(tokyo, "Backups", {
      ...PROPS,
      restoreGroups: groups,
      restoreInstanceClass: "db.r7g.large",
      retentionDays: 14,
    });

    expect(protectionsBelow(tokyo).map(({ model }) => model)).toEqual([
      {
        protection: {
          mechanism: "RDS cross-Region automated backups",
          copiesIn: ["tokyo"],
          loss: {
            basis: "unknown",
            source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html",
            note: "five minutes, after which RDS uploads the transaction logs, and their way to this region, for which AWS has no figure",
          },
          retention: Duration.days(14),
          remedy: "a cross-Region read replica",
        },
        recovery: [
          {
            title: "restore ledger-seoul from its replicated backups, where no replica is promoted",
            call: "rds:RestoreDBInstanceToPointInTime",
            parameters: {
              SourceDBInstanceAutomatedBackupsArn: backups.automatedBackupsArn,
              TargetDBInstanceIdentifier: "ledger-seoul-restored",
              UseLatestRestorableTime: true,
              CopyTagsToSnapshot: true,
              DeletionProtection: true,
              DBInstanceClass: "db.r7g.large",
              DBParameterGroupName: groups.parameterGroupName,
              DBSubnetGroupName: groups.subnetGroupName,
            },
            duration: {
              basis: "unknown",
              source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/AutomatedBackups.PiTR.html",
              note: "an instance is created, with the VPC's default security group until the site's own is attached",
            },
            undo: "delete the restored instance; the copies are not touched",
          },
        ],
        evidence: [],
      },
    ]);
  });

  test("a restore without groups names none", () => {
    const tokyo = site();
    new AutomatedBackupsReplication(tokyo, "Backups", PROPS);
    const [step] = protectionsBelow(tokyo)[0]!.model.recovery;
    expect(Object.keys(step!.parameters!)).toEqual([
      "SourceDBInstanceAutomatedBackupsArn",
      "TargetDBInstanceIdentifier",
      "UseLatestRestorableTime",
      "CopyTagsToSnapshot",
      "DeletionProtection",
    ]);
  });

  test.each<[Partial<AutomatedBackupsReplicationProps>, RefusalCode, string | RegExp]>([
    [{ retentionDays: 0 }, "SettingOutOfRange", "'retentionDays' must be a whole number from 1 to 35, got 0"],
    [{ retentionDays: 36 }, "SettingOutOfRange", "'retentionDays' must be a whole number from 1 to 35, got 36"],
    [{ kmsKeyArn: KEY.seoul }, "KeyInOtherRegion", "'kmsKeyArn' is in 'ap-northeast-2', the site is 'ap-northeast-1'"],
    [
      { source: SourceDatabase.refOf({ ...TOKYO, identifier: "ledger-tokyo" }) },
      "ReplicaInSourceRegion",
      "'ledger-tokyo' and its copy are both in 'ap-northeast-1'",
    ],
    [
      { source: SourceDatabase.refOf({ ...SEOUL, region: "us-gov-west-1", identifier: "ledger" }) },
      "ForeignPartition",
      "'ap-northeast-1' lies in partition aws, 'us-gov-west-1' in aws-us-gov",
    ],
  ])("fails with %j", (props, code, problem) => {
    expectRefusal(
      () => new AutomatedBackupsReplication(site(), "Backups", { ...PROPS, ...props }),
      code,
      problem,
      "stack/Tokyo/Backups",
    );
  });

  test("fails in another account", () => {
    expectRefusal(
      () => new AutomatedBackupsReplication(site(TOKYO_ABROAD), "Backups", PROPS),
      "ReplicaInOtherAccount",
      "'ledger-seoul' is in account '111122223333', its copy in '444455556666'",
      "stack/Tokyo/Backups",
    );
  });

  test("fails with groups of another site", () => {
    const tokyo = site();
    const restoreGroups = groupsIn(new Site(TerraformStack.of(tokyo), "Osaka", OSAKA));
    expectRefusal(
      () => new AutomatedBackupsReplication(tokyo, "Backups", { ...PROPS, restoreGroups }),
      "WrongSite",
      "'restoreGroups' is in stack/Osaka, the site is stack/Tokyo",
      "stack/Tokyo/Backups",
    );
  });
});

describe("AutomatedBackupsParameter", () => {
  const name = "/orders/ledger/backups";

  test("names the copies for as long as they are replicated", () => {
    const tf = synthInSite((tokyo) => {
      const backups = new AutomatedBackupsReplication(tokyo, "Backups", PROPS);
      new AutomatedBackupsParameter(tokyo, "Arn", { name, backups });
    }, TOKYO);
    expect(tf.only("aws_ssm_parameter")).toEqual({
      provider: "aws",
      name,
      description: "ARN of the replicated backups that a restore in this site uses",
      type: "String",
      value: expect.stringMatching(/^\$\{aws_db_instance_automated_backups_replication\.\w+\.id\}$/) as string,
    });
  });

  test("keeps what it has without them, because the provider forgets a replication whose source was deleted", () => {
    const tf = synthInSite((tokyo) => new AutomatedBackupsParameter(tokyo, "Arn", { name }), TOKYO);
    expect(tf.only("aws_ssm_parameter")).toMatchObject({ value: "none", lifecycle: { ignore_changes: ["value"] } });
  });

  test("fails with a name that AWS keeps for itself", () => {
    expectRefusal(
      () => new AutomatedBackupsParameter(site(), "Arn", { name: "/aws/backups" }),
      "InvalidName",
      /^'name' .*\/aws\/backups/,
      "stack/Tokyo/Arn",
    );
  });

  test("fails with a name that another has taken", () => {
    const tokyo = site();
    new AutomatedBackupsParameter(tokyo, "One", { name });
    expectRefusal(
      () => new AutomatedBackupsParameter(tokyo, "Two", { name }),
      "NameTaken",
      `the SSM parameter name '${name}' is already taken by stack/Tokyo/One`,
      "stack/Tokyo/Two",
    );
  });
});
