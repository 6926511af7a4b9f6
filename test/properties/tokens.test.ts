/**
 * Proves that constructs take numbers and lists that only an apply knows: each reaches the JSON as an expression, or is refused with
 * `TokenForPlainString`. A sample of every module's constructs. Does not prove that Terraform's types fit.
 */
import { TerraformStack } from "cdktf";
import { BackupPlan, BackupVault, Schedule } from "../../modules/aws-backup";
import { ImageBuilderDistribution, ImageSharing } from "../../modules/ami-distribution";
import { OriginCluster, SecondaryCluster } from "../../modules/aurora-global-database";
import { ami, AutoScalingGroup, CapacityReservation } from "../../modules/auto-scaling";
import { SiteCertificate } from "../../modules/certificates";
import { ReplicationInstance, ReplicationTask, ServerlessReplication } from "../../modules/dms-replication";
import * as documentDb from "../../modules/documentdb-global-cluster";
import { Duration } from "../../modules/core";
import { GlobalTable, StronglyConsistentTable, StrongReplica } from "../../modules/dynamodb-global-table";
import {
  ImageRepository,
  keepNewest,
  RegistryPolicy,
  RegistryReplication,
  siteImage,
} from "../../modules/ecr-replication";
import { EcsCluster, FargateService } from "../../modules/ecs-service";
import { FileSystem } from "../../modules/efs-replication";
import { GlobalReplicationGroup, SecondaryReplicationGroup } from "../../modules/elasticache-global-datastore";
import { ReplicaKey, SiteKey } from "../../modules/kms-keys";
import {
  EventRule,
  FunctionErrorsAlarm,
  imageCode,
  KinesisEventSource,
  LambdaFunction,
  QueueEventSource,
} from "../../modules/lambda-function";
import { LoadBalancer } from "../../modules/load-balancer";
import * as neptune from "../../modules/neptune-global-database";
import { Network, PrefixList, TransitGateway } from "../../modules/network";
import {
  AutomatedBackupsReplication,
  ReadReplica,
  ReplicaLagAlarm,
  SourceDatabase,
} from "../../modules/rds-read-replica";
import {
  Accelerator,
  AlarmHealthCheck,
  alarmRef,
  aliasTo,
  EndpointHealthCheck,
  HealthCheck,
  CalculatedHealthCheck,
  FailoverRecords,
  plainValues,
  WeightedRecords,
} from "../../modules/route53-failover";
import { ReplicaBucket } from "../../modules/s3-replication";
import { ReplicatedSecret } from "../../modules/secret-replica";
import { Site } from "../../modules/site";
import { StateBucket } from "../../modules/state-bucket";
import * as aurora from "../support/aurora";
import * as dms from "../support/dms";
import * as docs from "../support/documentdb";
import { MEDIA } from "../support/efs";
import * as cache from "../support/elasticache";
import { FUNCTION, PROPS as WORKER } from "../support/lambda";
import * as graph from "../support/neptune";
import { KEY, NETWORK, REPLICA, SOURCE } from "../support/rds";
import { OSAKA, SEOUL, TOKYO } from "../support/synth";
import { faultsWithTokens } from "../support/tokens";

interface Case {
  readonly faults: () => string[];
}

/** A construct with the properties that are replaced one by one. */
function of<P extends object>(props: P, make: (site: Site, props: P) => unknown, place = SEOUL): Case {
  return { faults: () => faultsWithTokens(place, props, make) };
}

const VAULT = BackupVault.refOf({ ...SEOUL, name: "orders-seoul" });
const LOCKED = BackupVault.refOf({ ...TOKYO, name: "locked", minRetentionDays: 30, maxRetentionDays: 365 });
const TWO_SUBNETS = { vpcId: "vpc-1", subnetIds: ["subnet-1", "subnet-2"] };
const keyIn = (place: typeof SEOUL) => SiteKey.refOf({ region: place.region, account: place.account, alias: "orders" });
const LIFECYCLE = {
  id: "old",
  abortIncompleteUploadsAfterDays: 3,
  expireAfterDays: 400,
  expireOldVersionsAfterDays: 90,
  keepOldVersions: 5,
  oldVersionTransitions: [{ afterDays: 30, storageClass: "STANDARD_IA" as const }],
  transitions: [{ afterDays: 60, storageClass: "GLACIER_IR" as const }],
};
const INSIGHTS = { performanceInsightsRetentionDays: 31, monitoringIntervalSeconds: 30 as const };
const DAYS = { backupRetentionDays: 14, logRetentionDays: 30 };
const healthChecks = (site: Site): HealthCheck[] =>
  ["One", "Two"].map((id) => new EndpointHealthCheck(site, id, { name: id, domainName: "api.example.com" }));

const CASES: Readonly<Record<string, Case>> = {
  SiteKey: of(
    { alias: "orders", deletionWindowDays: 7, rotationPeriodDays: 100, services: ["logs"] },
    (site, props) => new SiteKey(site, "Key", props),
  ),
  ReplicaKey: of(
    { alias: "orders", primaryKeyArn: KEY.tokyo.replace("key/", "key/mrk-"), deletionWindowDays: 7 },
    (site, props) => new ReplicaKey(site, "Key", props),
  ),
  SourceDatabase: of(
    {
      ...SOURCE,
      ...INSIGHTS,
      ...DAYS,
      groupSettings: {
        ...NETWORK,
        port: 5433,
        parameters: { work_mem: 4096 },
        staticParameters: { max_connections: 500 },
      },
      logExports: ["postgresql" as const],
      maxStorageGiB: 1000,
      passwordVersion: 2,
      storageGiB: 400,
      storageIops: 12_000,
      storageThroughputMiBps: 500,
    },
    (site, props) => new SourceDatabase(site, "Ledger", props),
  ),
  ReadReplica: of(
    { ...REPLICA, ...INSIGHTS, ...DAYS, storageGiB: 400, storageIops: 12_000, maxStorageGiB: 1000 },
    (site, props) => new ReadReplica(site, "Ledger", props),
    TOKYO,
  ),
  AutomatedBackupsReplication: of(
    { kmsKeyArn: KEY.tokyo, source: REPLICA.source, retentionDays: 14 },
    (site, props) => new AutomatedBackupsReplication(site, "Backups", props),
    TOKYO,
  ),
  ReplicaLagAlarm: of(
    { replica: REPLICA.source, threshold: Duration.minutes(5), minutes: 3, notify: ["arn:aws:sns:x"] },
    (site, props) => new ReplicaLagAlarm(site, "Lag", props),
  ),
  "aurora OriginCluster": of(
    {
      ...aurora.ORIGIN,
      ...INSIGHTS,
      ...DAYS,
      instanceClass: "db.serverless" as const,
      instances: { one: { promotionTier: 2 } },
      passwordVersion: 2,
      port: 5433,
      serverlessV2Scaling: { minAcu: 1, maxAcu: 8 },
      parameters: { work_mem: 4096 },
      staticInstanceParameters: { max_connections: 500 },
    },
    (site, props) => new OriginCluster(site, "Ledger", props),
  ),
  "aurora SecondaryCluster that pauses": of(
    {
      ...aurora.SECONDARY,
      instanceClass: "db.serverless" as const,
      serverlessV2Scaling: { minAcu: 0, maxAcu: 8, pauseAfter: Duration.minutes(10) },
    },
    (site, props) => new SecondaryCluster(site, "Ledger", props),
    TOKYO,
  ),
  "aurora SecondaryCluster": of(
    { ...aurora.SECONDARY, ...DAYS, instances: { one: { promotionTier: 2 } } },
    (site, props) => new SecondaryCluster(site, "Ledger", props),
    TOKYO,
  ),
  "documentdb OriginCluster": of(
    { ...docs.ORIGIN, ...DAYS, port: 27018, logExports: ["audit" as const], parameters: { ttl_monitor: 1 } },
    (site, props) => new documentDb.OriginCluster(site, "Catalog", props),
  ),
  "neptune OriginCluster": of(
    { ...graph.ORIGIN, ...DAYS, port: 8183, loaderRoleArns: ["arn:aws:iam::111122223333:role/load"] },
    (site, props) => new neptune.OriginCluster(site, "Friends", props),
  ),
  GlobalReplicationGroup: of(
    { ...cache.HOME, ...DAYS, port: 6380, replicas: 2, shards: 3, parameters: { timeout: 60 } },
    (site, props) => new GlobalReplicationGroup(site, "Sessions", props),
  ),
  SecondaryReplicationGroup: of(
    { ...cache.SECONDARY, ...DAYS, port: 6380, replicas: 2 },
    (site, props) => new SecondaryReplicationGroup(site, "Sessions", props),
    TOKYO,
  ),
  GlobalTable: of(
    {
      name: "carts",
      partitionKey: { name: "id", type: "S" as const },
      provisioned: { read: { min: 5, max: 50, targetUtilizationPercent: 60 }, write: { min: 5, max: 100 } },
      recoveryPeriodDays: 10,
    },
    (site, props) => new GlobalTable(site, "Carts", props),
  ),
  "GlobalTable on demand": of(
    {
      name: "carts",
      partitionKey: { name: "id", type: "S" as const },
      onDemand: { maxReadRequestUnits: 100, maxWriteRequestUnits: 200 },
      globalIndexes: {
        byOwner: {
          partitionKey: { name: "owner", type: "S" as const },
          projection: "INCLUDE" as const,
          nonKeyAttributes: ["a", "b"],
        },
      },
    },
    (site, props) => new GlobalTable(site, "Carts", props),
  ),
  StronglyConsistentTable: of(
    { name: "carts", partitionKey: { name: "id", type: "S" as const }, recoveryPeriodDays: 10 },
    (site, props) => {
      const table = StronglyConsistentTable.refOf({ ...SEOUL, name: "carts" });
      const replica = new StrongReplica(new Site(TerraformStack.of(site), "Tokyo", TOKYO), "Carts", { table });
      return new StronglyConsistentTable(site, "Carts", {
        ...props,
        replicas: [replica],
        witnessRegion: OSAKA.region,
      });
    },
  ),
  BackupPlan: of(
    {
      name: "orders",
      rules: {
        daily: {
          vault: VAULT,
          schedule: Schedule.daily(),
          retention: { coldStorageAfterDays: 30, deleteAfterDays: 200 },
          copies: [{ vault: LOCKED, retention: { deleteAfterDays: 300 } }],
        },
      },
    },
    (site, props) => new BackupPlan(site, "Plan", props),
  ),
  "BackupPlan with continuous backups": of(
    {
      name: "orders",
      rules: {
        daily: { vault: VAULT, schedule: Schedule.daily(), continuous: true, retention: { deleteAfterDays: 35 } },
      },
    },
    (site, props) => new BackupPlan(site, "Plan", props),
  ),
  BackupVault: of(
    {
      name: "orders",
      lock: { mode: "COMPLIANCE" as const, changeableForDays: 10, minRetentionDays: 7, maxRetentionDays: 90 },
      receiveFrom: ["444455556666"],
    },
    (site, props) => new BackupVault(site, "Vault", props),
  ),
  FileSystem: of(
    {
      ...MEDIA,
      throughputMode: "provisioned" as const,
      provisionedThroughputMibps: 64,
      accessPoints: { app: { path: "/app", uid: 1000, gid: 1000, secondaryGids: [1001, 1002] } },
    },
    (site, props) => new FileSystem(site, "Media", props),
  ),
  SiteCertificate: of(
    {
      name: "shop",
      domainName: "shop.example.com",
      zone: { name: "example.com", zoneId: "Z123" },
      alternativeNames: ["www.example.com"],
    },
    (site, props) => new SiteCertificate(site, "Certificate", props),
  ),
  LoadBalancer: of(
    {
      ...TWO_SUBNETS,
      name: "orders",
      targetPort: 8080,
      plainHttp: true,
      clientCidrs: ["10.20.0.0/16", "10.30.0.0/16"],
      healthCheck: { healthyAfter: 3, unhealthyAfter: 4 },
    },
    (site, props) => new LoadBalancer(site, "Balancer", props),
  ),
  AutoScalingGroup: of(
    {
      ...TWO_SUBNETS,
      name: "orders-api",
      capacity: { min: 1, desired: 2, max: 6 },
      activeCapacity: { min: 2, desired: 3, max: 6 },
      image: ami("ami-0123456789abcdef0"),
      instanceType: "m7g.large",
      maintenance: { minHealthyPercent: 90, maxHealthyPercent: 120 },
      instanceRefresh: {
        alarmNames: ["errors"],
        checkpoints: [20, 100],
        minHealthyPercent: 90,
        maxHealthyPercent: 120,
      },
      keyArn: WORKER.keyArn,
      metadataHopLimit: 2,
      mixedInstances: {
        instanceTypes: ["m6g.large"],
        spot: { onDemandBase: 1, onDemandPercent: 20 },
        weights: { "m7g.large": 1, "m6g.large": 1 },
      },
      outboundCidrs: ["10.0.0.0/8"],
      rootVolumeGiB: 20,
      scaling: { cpuPercent: 60 },
      terminationPolicies: ["OldestInstance" as const],
    },
    (site, props) => new AutoScalingGroup(site, "Api", props),
  ),
  "AutoScalingGroup with a warm pool": of(
    {
      ...TWO_SUBNETS,
      name: "orders-api",
      capacity: { min: 1, desired: 2, max: 6 },
      image: ami("ami-0123456789abcdef0"),
      instanceType: "m7g.large",
      keyArn: WORKER.keyArn,
      warmPool: { active: { min: 1, maxPrepared: 4 } },
    },
    (site, props) => new AutoScalingGroup(site, "Api", props),
  ),
  CapacityReservation: of(
    { name: "orders", availabilityZone: "ap-northeast-2a", instanceType: "m7g.large", instanceCount: 3 },
    (site, props) => new CapacityReservation(site, "Reservation", props),
  ),
  EcsCluster: of(
    { name: "orders", keyArn: WORKER.keyArn, logRetentionDays: 30 },
    (site, props) => new EcsCluster(site, "Cluster", props),
  ),
  FargateService: of(
    {
      ...TWO_SUBNETS,
      name: "orders-api",
      cluster: EcsCluster.refOf({ ...SEOUL, name: "orders" }),
      containers: {
        api: {
          image: siteImage({ name: "orders/api" }, "1.4.2"),
          command: ["serve"],
          cpu: 128,
          entryPoint: ["/bin/sh"],
          healthCheck: { command: ["true"], retries: 4 },
          memoryMiB: 512,
          ports: [8080, 9090],
          scratchPaths: ["/tmp", "/var/tmp"],
        },
        proxy: { image: siteImage({ name: "orders/proxy" }, "1.4.2") },
      },
      cpu: 512,
      memoryMiB: 1024,
      capacity: { min: 1, desired: 2, max: 6 },
      activeCapacity: { min: 2, desired: 3, max: 6 },
      deployment: { maximumPercent: 150, minimumHealthyPercent: 50, rollbackAlarms: ["errors"] },
      ephemeralStorageGiB: 30,
      keyArn: WORKER.keyArn,
      logRetentionDays: 30,
      outboundCidrs: ["10.0.0.0/8"],
      scaling: { cpuPercent: 60, memoryPercent: 70 },
      spot: { onDemandBase: 1, onDemandWeight: 1, spotWeight: 2 },
    },
    (site, props) => new FargateService(site, "Api", props),
  ),
  LambdaFunction: of(
    {
      ...WORKER,
      asynchronous: { maximumRetries: 1 },
      ephemeralStorageMiB: 600,
      logRetentionDays: 30,
      memoryMiB: 512,
      network: { ...TWO_SUBNETS, outboundCidrs: ["10.0.0.0/8"] },
      reservedConcurrency: 5,
      functionUrl: { cors: { allowOrigins: ["https://example.com"], allowHeaders: ["x"], allowMethods: ["GET"] } },
    },
    (site, props) => new LambdaFunction(site, "Worker", props),
  ),
  "LambdaFunction of an image": of(
    { command: ["handler"], entryPoint: ["/init"] },
    (site, props) =>
      new LambdaFunction(site, "Worker", {
        ...WORKER,
        code: imageCode(siteImage({ name: "orders/worker" }, "1.4.2"), props),
      }),
  ),
  ProvisionedConcurrency: of(
    { active: true, activeConcurrency: 4, standbyConcurrency: 1, scaling: { max: 10, utilizationPercent: 60 } },
    (site, props) => new LambdaFunction(site, "Worker", { ...WORKER, provisionedConcurrency: props }),
  ),
  QueueEventSource: of(
    {
      function: FUNCTION,
      active: true,
      queueArn: "arn:aws:sqs:ap-northeast-2:111122223333:orders",
      batchSize: 5,
      maximumConcurrency: 10,
    },
    (site, props) => new QueueEventSource(site, "Orders", props),
  ),
  KinesisEventSource: of(
    {
      function: FUNCTION,
      active: true,
      streamArn: "arn:aws:kinesis:ap-northeast-2:111122223333:stream/orders",
      batchSize: 50,
      maximumRetries: 3,
      parallelizationFactor: 2,
    },
    (site, props) => new KinesisEventSource(site, "Orders", props),
  ),
  EventRule: of(
    { function: FUNCTION, active: true, name: "nightly", schedule: "rate(1 day)", maximumRetries: 3 },
    (site, props) => new EventRule(site, "Nightly", props),
  ),
  FunctionErrorsAlarm: of(
    { function: FUNCTION, active: true, minutes: 3, threshold: 5, notify: ["arn:aws:sns:x"] },
    (site, props) => new FunctionErrorsAlarm(site, "Errors", props),
  ),
  Network: of(
    {
      cidr: "10.20.0.0/16",
      zones: 2,
      interfaceEndpoints: ["logs"],
      trustedAccounts: ["444455556666"],
      flowLogGroup: { keyArn: WORKER.keyArn, retentionDays: 30 },
    },
    (site, props) => new Network(site, "Network", props),
  ),
  "Network in named zones": of(
    { cidr: "10.20.0.0/16", availabilityZones: ["ap-northeast-2a", "ap-northeast-2c"] },
    (site, props) => new Network(site, "Network", props),
  ),
  PrefixList: of(
    { name: "clients", entries: { office: "203.0.113.0/24" }, maxEntries: 5 },
    (site, props) => new PrefixList(site, "Clients", props),
  ),
  TransitGateway: of({ name: "orders", asn: 64_512 }, (site, props) => new TransitGateway(site, "Gateway", props)),
  EndpointHealthCheck: of(
    {
      name: "api",
      domainName: "api.example.com",
      failureThreshold: 2,
      port: 8443,
      regions: ["us-east-1", "us-west-1", "eu-west-1"],
    },
    (site, props) =>
      new EndpointHealthCheck(site, "Check", props as ConstructorParameters<typeof EndpointHealthCheck>[2]),
  ),
  CalculatedHealthCheck: of(
    { name: "all", threshold: 1 },
    (site, props) => new CalculatedHealthCheck(site, "Check", { ...props, children: healthChecks(site) }),
  ),
  WeightedRecords: of({ seoul: { weight: 10 }, tokyo: { weight: 20 } }, (site, { seoul, tokyo }) => {
    const alarm = alarmRef("test", { name: "switch", region: OSAKA.region, account: OSAKA.account });
    const [one, two] = ["One", "Two"].map((id) => new AlarmHealthCheck(site, id, { name: id, alarm }));
    const target = aliasTo({ dnsName: "b.elb.amazonaws.com", zoneId: "ZELB" }, { evaluateTargetHealth: true });
    new WeightedRecords(site, "Records", {
      name: "orders.example.com",
      zone: { name: "example.com", zoneId: "Z123" },
      sites: {
        seoul: { ...seoul, target, healthCheck: one!, region: SEOUL.region },
        tokyo: { ...tokyo, target, healthCheck: two!, region: TOKYO.region },
      },
    });
  }),
  FailoverRecords: of(
    { values: ["198.51.100.1", "198.51.100.2"] },
    (site, { values }) =>
      new FailoverRecords(site, "Records", {
        name: "orders.example.com",
        zone: { name: "example.com", zoneId: "Z123" },
        primary: {
          site: "seoul",
          region: SEOUL.region,
          target: plainValues(values),
          healthCheck: healthChecks(site)[0]!,
        },
        secondary: { site: "tokyo", target: plainValues(["198.51.100.3"]) },
      }),
  ),
  Accelerator: of(
    {
      name: "orders",
      listeners: { web: { ports: [{ from: 443, to: 444 }] } },
      sites: {
        seoul: {
          region: "ap-northeast-2",
          endpoints: [{ endpointId: "arn:aws:elasticloadbalancing:ap-northeast-2:111122223333:x", weight: 100 }],
          healthCheck: { port: 80, failureThreshold: 2 },
          trafficDialPercent: 50,
        },
      },
    },
    (site, props) => new Accelerator(site, "Accelerator", props),
  ),
  ReplicaBucket: of(
    {
      name: "acme-media",
      lifecycle: [LIFECYCLE],
      objectLock: true,
      objectLockRetention: { mode: "GOVERNANCE" as const, days: 30 },
    },
    (site, props) => new ReplicaBucket(site, "Media", props),
  ),
  StateBucket: of(
    { name: "acme-tf", expireOldVersionsAfterDays: 60, keepOldVersions: 10 },
    (site, props) => new StateBucket(site, "States", props),
  ),
  ReplicatedSecret: of(
    { name: "orders/payment", key: keyIn(SEOUL), replicas: [keyIn(TOKYO)], recoveryWindowDays: 7 },
    (site, props) => new ReplicatedSecret(site, "Payment", props),
  ),
  ImageRepository: of(
    { name: "orders/api", keyArn: WORKER.keyArn, pullAccounts: ["444455556666"] },
    (site, props) => new ImageRepository(site, "Repository", props),
  ),
  "ImageRepository with a lifecycle": of(
    { count: 30, prefixes: ["release-"] },
    (site, { count, prefixes }) =>
      new ImageRepository(site, "Repository", {
        name: "orders/api",
        keyArn: WORKER.keyArn,
        lifecycle: [keepNewest(count, { prefixes })],
      }),
  ),
  RegistryPolicy: of(
    { sourceAccounts: ["444455556666"], repositoryPrefixes: ["orders/"] },
    (site, props) => new RegistryPolicy(site, "Policy", props),
  ),
  RegistryReplication: of(
    { rules: [{ destinations: [RegistryReplication.refOf(TOKYO)], repositoryPrefixes: ["orders/"] }] },
    (site, props) => new RegistryReplication(site, "Replication", props),
  ),
  ReplicationInstance: of(
    { ...dms.INSTANCE, allocatedStorageGib: 100 },
    (site, props) => new ReplicationInstance(site, "Instance", props),
  ),
  ServerlessReplication: of(
    {
      accountRoles: dms.ROLES,
      kmsKeyArn: dms.KEY,
      securityGroupIds: ["sg-1", "sg-2"],
      subnetIds: ["subnet-1", "subnet-2"],
      mappings: dms.MAPPINGS,
      migrationType: "full-load-and-cdc" as const,
      name: "orders",
      source: dms.TASK.source,
      target: dms.TASK.target,
      maxCapacityUnits: 16 as const,
    },
    (site, props) => new ServerlessReplication(site, "Replication", props),
  ),
  ReplicationTask: of(
    {
      fullLoad: { commitRate: 5000, maxFullLoadSubTasks: 4, transactionConsistencyTimeoutSeconds: 300 },
      changeProcessing: { commitTimeoutSeconds: 2, memoryLimitTotalMb: 2000, statementCacheSize: 60 },
      errorBehavior: { recoverableErrorInterval: 10, tableErrorEscalationCount: 5 },
      validation: { threadCount: 6, failureMaxCount: 500 },
      target: { lobMode: "limited" as const, lobMaxSizeKb: 64 },
      controlTables: { historyTimeslotMinutes: 10 },
      streamBuffers: { count: 3, sizeMb: 8, controlSizeMb: 5 },
    },
    (site, settings) => new ReplicationTask(site, "Task", { ...dms.TASK, settings }),
  ),
  ImageSharing: of(
    {
      accounts: ["444455556666", "777788889999"],
      imageId: "ami-0123456789abcdef0",
      snapshotIds: { root: "snap-0123456789abcdef0" },
    },
    (site, props) => new ImageSharing(site, "Sharing", props),
  ),
  ImageBuilderDistribution: of(
    {
      name: "orders",
      destinations: {
        seoul: {
          key: keyIn(SEOUL),
          launchAccounts: ["444455556666"],
          launchOrganizationArns: ["arn:aws:organizations::111122223333:organization/o-exampleorgid"],
          targetAccounts: ["444455556666"],
        },
      },
    },
    (site, props) => new ImageBuilderDistribution(site, "Distribution", props),
  ),
};

test.each(Object.entries(CASES))("numbers and lists that only an apply knows: %s", (_, { faults }) => {
  expect(faults()).toEqual([]);
});

test.each(["seconds", "minutes", "hours", "days"] as const)("Duration.%s is refused a token", (unit) => {
  const make = (_: Site, { amount }: { readonly amount: number }) => Duration[unit](amount);
  expect(
    faultsWithTokens(SEOUL, { amount: 5 }, (site, props) => [
      new SiteKey(site, "K", { alias: "k" }),
      make(site, props),
    ]),
  ).toEqual([]);
});
