/**
 * Proves the behaviour that the clusters of Aurora, DocumentDB and Neptune share: names, imports, dependencies, settings, the
 * alarm and the recovery. The files of each engine prove what differs. Does not prove that AWS replicates.
 */
import { TerraformOutput, TerraformStack, Testing } from "cdktf";
import { Duration, protectionsBelow } from "../../../modules/core";
import { GlobalPlaceRef, LagAlarmSettings } from "../../../modules/joined-clusters";
import { Site } from "../../../modules/site";
import { forEachEngine, GlobalProps, JoinedCase, MemberProps } from "../../support/joined-clusters";
import { KEY } from "../../support/rds";
import { Block, SEOUL, synth, Synthesised, synthInSite, TOKYO } from "../../support/synth";

const reference = (type: string, attribute: string) =>
  expect.stringMatching(new RegExp(String.raw`^\$\{${type}\.\w+\.${attribute}\}$`)) as string;
const startsWith = (type: string) => expect.stringMatching(new RegExp(String.raw`^${type}\.`)) as string;
const outputs = (tf: Synthesised) => Object.values(tf.json.output as Record<string, Block>).map(({ value }) => value);
const stack = () => new TerraformStack(Testing.app(), "stack");
const IN_TOKYO = { ...TOKYO, name: "tokyo" };

forEachEngine(<Global extends GlobalPlaceRef>(engine: JoinedCase<Global>) => {
  const { identifier, types } = engine;
  const names = { seoul: `${identifier}-seoul`, tokyo: `${identifier}-tokyo` };
  const arns = {
    seoul: `arn:aws:rds:ap-northeast-2:111122223333:cluster:${names.seoul}`,
    tokyo: `arn:aws:rds:ap-northeast-1:111122223333:cluster:${names.tokyo}`,
  };
  const globalCluster = (props?: GlobalProps) => synthInSite((site) => engine.createGlobal(site, "Global", props));
  const origin = (props?: MemberProps) => synthInSite((site) => engine.createOrigin(site, "Db", props));
  const secondary = (props?: MemberProps) => synthInSite((site) => engine.createSecondary(site, "Db", props), IN_TOKYO);

  describe("GlobalCluster", () => {
    test.each<[GlobalProps, Record<string, unknown>]>([
      [{ deletionProtection: false }, { deletion_protection: false }],
      [{ destroyable: true }, { lifecycle: { prevent_destroy: false } }],
    ])("with %j", (props, expected) => {
      expect(globalCluster(props).only(types.global)).toMatchObject(expected);
    });

    test("imports an existing one", () => {
      expect(globalCluster({ adoptExisting: true }).json.import).toEqual([
        expect.objectContaining({ id: identifier, to: startsWith(types.global), provider: "aws" }),
      ]);
    });

    test("refOf names what is created, in no region", () => {
      synthInSite((site) => {
        const created = engine.createGlobal(site, "Global");
        expect(created.ref).toEqual(engine.globalRef());
        expect(created.ref.arn).toBe(`arn:aws:rds::111122223333:global-cluster:${identifier}`);
        expect(created.identifier).toBe(identifier);
        expect(created.globalClusterArn).toBeDefined();
      });
    });

    test("two of them live in one stack", () => {
      const tf = synthInSite((site) => {
        engine.createGlobal(site, "One");
        engine.createGlobal(site, "Two", { identifier: "orders" });
      });
      expect(tf.all(types.global)).toHaveLength(2);
    });
  });

  describe("OriginCluster", () => {
    test("imports a cluster with its instances and its subnet group", () => {
      const tf = origin({
        adoptExisting: { subnetGroupName: "old-subnets" },
        instances: { one: {}, two: { adoptExisting: false } },
      });
      const imported = tf.json.import as { id: string; to: string }[];
      expect(imported.map(({ id, to }) => `${to.split(".")[0]!} ${id}`).sort()).toEqual(
        [
          `${types.subnetGroup} old-subnets`,
          `${types.cluster} ${names.seoul}`,
          `${types.instance} ${names.seoul}-one`,
        ].sort(),
      );
      expect(tf.only(types.subnetGroup).name).toBe("old-subnets");
    });

    test("waits for the global cluster of its stack, and for none that a name points to", () => {
      const tf = synthInSite((site) => {
        engine.createOrigin(site, "Db", {}, engine.createGlobal(site, "Global").ref);
      });
      expect(tf.only(types.cluster).depends_on).toContainEqual(startsWith(types.global));
      expect(JSON.stringify(origin().only(types.cluster).depends_on)).not.toContain(types.global);
    });
  });

  describe("SecondaryCluster", () => {
    test("has no instance when headless", () => {
      expect(secondary({ headless: true, instances: undefined }).types()).not.toContain(types.instance);
    });

    test("imports the instance that a recovery created, and never replaces it", () => {
      const instances = { writer: { adoptExisting: true } };
      const tf = secondary({ instances });
      expect(tf.json.import).toEqual([expect.objectContaining({ id: `${names.tokyo}-writer` })]);
      const { performance_insights_kms_key_id, lifecycle } = tf.only(types.instance);
      expect({ performance_insights_kms_key_id, lifecycle }).toEqual({ lifecycle: { prevent_destroy: true } });
      const destroyable = secondary({ destroyable: true, instances });
      expect(destroyable.only(types.instance).lifecycle).toEqual({ prevent_destroy: false });
    });

    test("waits for the first cluster of its stack and its instances", () => {
      const tf = synth((scope) => {
        const seoul = new Site(scope, "Seoul", SEOUL);
        const { ref: global } = engine.createGlobal(seoul, "Global");
        const first = engine.createOrigin(seoul, "Db", {}, global);
        expect(first.global).toEqual(global);
        engine.createSecondary(new Site(scope, "Tokyo", TOKYO), "Db", {}, first.global);
      });
      const { depends_on } = tf.at("Tokyo/Db/Resource");
      expect(depends_on).toContainEqual(expect.stringContaining(`${types.cluster}.Seoul_`));
      expect(depends_on).toContainEqual(expect.stringContaining(`${types.instance}.Seoul_`));
      expect(JSON.stringify(secondary().only(types.cluster).depends_on)).not.toContain(types.cluster);
    });

    test("refOf names what is created", () => {
      synthInSite((site) => {
        const { ref } = engine.createSecondary(site, "Db");
        expect(ref).toEqual(engine.refOf({ ...TOKYO, identifier: names.tokyo }));
        expect(ref.arn).toBe(arns.tokyo);
      }, TOKYO);
    });

    test("two of them live in one stack", () => {
      const tf = synthInSite((site) => {
        engine.createSecondary(site, "One");
        const other = engine.globalRef({ identifier: "orders", name: "orders" });
        engine.createSecondary(site, "Two", { identifier: "orders-tokyo" }, other);
      }, TOKYO);
      expect(tf.all(types.cluster)).toHaveLength(2);
    });
  });

  describe.each([
    ["OriginCluster", (site: Site) => engine.createOrigin(site, "Db"), SEOUL],
    ["SecondaryCluster", (site: Site) => engine.createSecondary(site, "Db"), TOKYO],
  ] as const)("%s", (_, create, place) => {
    test("gives names and ports", () => {
      const tf = synthInSite((site) => {
        const created = create(site);
        const { clusterArn, endpoint, readerEndpoint, securityGroupId } = created;
        for (const [name, value] of Object.entries({ clusterArn, endpoint, readerEndpoint, securityGroupId })) {
          new TerraformOutput(site, name, { value });
        }
        const { port, ref, instances } = created;
        expect([port, created.identifier, Object.keys(instances)]).toEqual([engine.port, ref.name, ["one"]]);
      }, place);
      expect(outputs(tf)).toEqual([
        reference(types.cluster, "arn"),
        reference(types.cluster, "endpoint"),
        reference(types.cluster, "reader_endpoint"),
        reference("aws_security_group", "id"),
      ]);
    });
  });

  describe("a cluster", () => {
    test.each<[MemberProps, Record<string, unknown>]>([
      [{ upgrades: { applyImmediately: true } }, { apply_immediately: true }],
      [{ backups: { retentionDays: 35 } }, { backup_retention_period: 35 }],
      [{ backupWindow: "17:00-17:30" }, { preferred_backup_window: "17:00-17:30" }],
      [{ maintenanceWindow: "sun:18:00-sun:19:00" }, { preferred_maintenance_window: "sun:18:00-sun:19:00" }],
      [{ deletionProtection: false }, { deletion_protection: false }],
      [{ destroyable: true }, { lifecycle: expect.objectContaining({ prevent_destroy: false }) as object }],
      [{ backups: { finalSnapshot: false } }, { skip_final_snapshot: true }],
      [{ port: 6432 }, { port: 6432 }],
    ])("with %j", (props, expected) => {
      expect(origin(props).only(types.cluster)).toMatchObject(expected);
      expect(secondary(props).only(types.cluster)).toMatchObject(expected);
    });

    test("ignores the same arguments when Terraform may destroy it", () => {
      const ignored = (props: MemberProps) => (origin(props).only(types.cluster).lifecycle as Block).ignore_changes;
      expect(ignored({ destroyable: true })).toEqual(ignored({}));
    });

    test("without a final snapshot names none", () => {
      expect(origin({ backups: { finalSnapshot: false } }).only(types.cluster)).not.toHaveProperty(
        "final_snapshot_identifier",
      );
    });

    test("keeps its logs for the given days, under the given key", () => {
      for (const group of origin().all("aws_cloudwatch_log_group")) {
        expect(group).toMatchObject({ retention_in_days: 90 });
        expect(group).not.toHaveProperty("kms_key_id");
      }
      for (const group of origin({ logs: { kmsKeyArn: KEY.seoul, retentionDays: 30 } }).all(
        "aws_cloudwatch_log_group",
      )) {
        expect(group).toMatchObject({ kms_key_id: KEY.seoul, retention_in_days: 30 });
      }
    });

    test("'active' is not part of any resource", () => {
      expect(origin({ active: false }).text).toBe(origin().text);
      expect(secondary({ active: true }).text).toBe(secondary().text);
    });

    test("has a subnet group and a security group of its own", () => {
      const tf = secondary({ clientCidrBlocks: { office: "10.0.0.0/8" }, clientSecurityGroups: { api: "sg-1" } });
      expect(tf.only(types.subnetGroup)).toEqual({
        provider: "aws",
        name: names.tokyo,
        description: `Subnets of ${names.tokyo}`,
        subnet_ids: ["subnet-a", "subnet-c"],
      });
      expect(tf.only("aws_security_group")).toMatchObject({ name: names.tokyo, vpc_id: "vpc-1" });
      const [office, api] = ["office", "api"].map((client) => tf.at(`Site/Db/Groups/Client-${client}`));
      expect(office).toMatchObject({ cidr_ipv4: "10.0.0.0/8", from_port: engine.port });
      expect(api).toMatchObject({ referenced_security_group_id: "sg-1", from_port: engine.port });
    });
  });

  describe("instances", () => {
    test("have the settings that they name, and otherwise those of the cluster", () => {
      const tf = origin({
        instances: {
          big: { instanceClass: "db.r6g.4xlarge", promotionTier: 0, availabilityZone: "ap-northeast-2a" },
          last: { promotionTier: 15 },
          small: {},
        },
      });
      expect(tf.at("Site/Db/Instance-big")).toMatchObject({
        identifier: `${names.seoul}-big`,
        instance_class: "db.r6g.4xlarge",
        promotion_tier: 0,
        availability_zone: "ap-northeast-2a",
      });
      expect(tf.at("Site/Db/Instance-last")).toMatchObject({ promotion_tier: 15 });
      const { instanceClass: instance_class } = engine;
      expect(tf.at("Site/Db/Instance-small")).toMatchObject({ instance_class, promotion_tier: 1 });
    });

    test.each<[MemberProps, Record<string, unknown>]>([
      [{ upgrades: { applyImmediately: true } }, { apply_immediately: true }],
      [{ maintenanceWindow: "sun:18:00-sun:19:00" }, { preferred_maintenance_window: "sun:18:00-sun:19:00" }],
    ])("with %j", (props, expected) => {
      expect(secondary(props).only(types.instance)).toMatchObject(expected);
    });
  });

  describe("ReplicationLagAlarm", () => {
    const cluster = engine.refOf({ ...TOKYO, identifier: names.tokyo });
    const threshold = Duration.seconds(30);
    const alarm = (settings: Partial<LagAlarmSettings> = {}) =>
      synthInSite((site) => {
        expect(engine.createAlarm(site, "Lag", { cluster, threshold, ...settings }).alarmArn).toBeDefined();
      }, TOKYO).only("aws_cloudwatch_metric_alarm");

    test("defaults", () => {
      expect(alarm()).toMatchObject({
        alarm_name: `${names.tokyo}-replication-lag`,
        alarm_description: `${names.tokyo} lags in ${identifier} more than 30 seconds, or does not replicate`,
        comparison_operator: "GreaterThanThreshold",
        threshold: 30_000,
        evaluation_periods: 5,
        datapoints_to_alarm: 5,
        alarm_actions: [],
        ok_actions: [],
      });
    });

    test.each<[Partial<LagAlarmSettings>, Record<string, unknown>]>([
      [{ active: true }, { treat_missing_data: "notBreaching" }],
      [{ minutes: 2 }, { evaluation_periods: 2, datapoints_to_alarm: 2 }],
      [{ notify: ["arn:aws:sns:x"] }, { alarm_actions: ["arn:aws:sns:x"], ok_actions: ["arn:aws:sns:x"] }],
    ])("with %j", (settings, expected) => {
      expect(alarm(settings)).toMatchObject(expected);
    });

    test("waits for the cluster of its stack; two of them live in one stack", () => {
      const tf = synthInSite((site) => {
        const other = engine.refOf({ ...SEOUL, identifier: "orders-seoul" });
        engine.createAlarm(site, "Lag", { cluster: engine.createOrigin(site, "Db").ref, threshold });
        engine.createAlarm(site, "OtherLag", { cluster: other, threshold });
      });
      expect(JSON.stringify(tf.at("Site/Lag/Resource").depends_on)).toContain(`${types.cluster}.`);
      expect(tf.at("Site/OtherLag/Resource")).not.toHaveProperty("depends_on");
    });
  });

  describe("the recovery of a cluster", () => {
    const modelOf = (props?: MemberProps) => {
      const tokyo = new Site(stack(), "Tokyo", TOKYO);
      engine.createSecondary(tokyo, "Db", props);
      return protectionsBelow(tokyo)[0]!.model;
    };

    test("a headless one: the recovery creates an instance first", () => {
      const [create, then] = modelOf({ headless: true, instances: undefined }).recovery;
      expect(create).toMatchObject({
        title: `create an instance in ${names.tokyo}, which has none`,
        call: `${engine.api}:CreateDBInstance`,
        parameters: {
          DBInstanceIdentifier: `${names.tokyo}-writer`,
          DBClusterIdentifier: names.tokyo,
          DBInstanceClass: engine.instanceClass,
        },
        duration: {
          basis: "unknown",
          note: "and the class may be short while many recover; wait until the instance is available",
        },
        undo: "delete the instance; the cluster keeps its data",
      });
      expect(then).toEqual(modelOf().recovery[0]);
    });

    test("the one that takes the writes: its backups", () => {
      const { protection, recovery, evidence } = modelOf({ active: true, backups: { retentionDays: 14 } });
      expect(protection).toEqual({
        mechanism: `${engine.name} automated backups`,
        copiesIn: ["tokyo"],
        loss: expect.objectContaining({ value: Duration.minutes(5), basis: "typical" }) as object,
        retention: Duration.days(14),
      });
      expect(recovery).toEqual([
        expect.objectContaining({
          call: `${engine.api}:RestoreDBClusterToPointInTime`,
          parameters: {
            SourceDBClusterIdentifier: names.tokyo,
            DBClusterIdentifier: `${names.tokyo}-restored`,
            UseLatestRestorableTime: true,
          },
        }),
      ]);
      expect(evidence).toEqual([]);
    });

    test("the first cluster takes the writes unless 'active' is false", () => {
      const mechanism = (props?: MemberProps) => {
        const seoul = new Site(stack(), "Seoul", SEOUL);
        engine.createOrigin(seoul, "Db", props);
        return protectionsBelow(seoul)[0]!.model.protection.mechanism;
      };
      expect(mechanism()).toBe(`${engine.name} automated backups`);
      expect(mechanism({ active: false })).toBe(modelOf().protection.mechanism);
    });

    test("both clusters can be failed and switched over to", () => {
      const seoul = engine.createOrigin(new Site(stack(), "Seoul", SEOUL), "Db");
      const tokyo = engine.createSecondary(new Site(stack(), "Tokyo", TOKYO), "Db");
      const target = { GlobalClusterIdentifier: identifier, TargetDbClusterIdentifier: arns.tokyo };
      expect(tokyo.failover).toMatchObject({
        title: `fail ${identifier} over to ${names.tokyo}`,
        call: `${engine.api}:FailoverGlobalCluster`,
        parameters: { ...target, AllowDataLoss: true },
      });
      expect(tokyo.switchover).toMatchObject({
        title: `switch ${identifier} over to ${names.tokyo}`,
        call: `${engine.api}:SwitchoverGlobalCluster`,
        duration: { basis: "unknown" },
        undo: "switch over to the cluster that took the writes before",
      });
      expect(tokyo.switchover.parameters).toEqual(target);
      expect(seoul.failover.parameters).toMatchObject({ TargetDbClusterIdentifier: arns.seoul });
      expect(seoul.switchover.parameters).toMatchObject({ TargetDbClusterIdentifier: arns.seoul });
    });
  });
});
