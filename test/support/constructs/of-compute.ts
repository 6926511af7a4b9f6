import { ImageBuilderDistribution, ImageSharing } from "../../../modules/ami-distribution";
import { ami, AutoScalingGroup, CapacityReservation } from "../../../modules/auto-scaling";
import { SiteCertificate } from "../../../modules/certificates";
import { ReplicationInstance, ReplicationTask, ServerlessReplication } from "../../../modules/dms-replication";
import {
  ImageRepository,
  keepNewest,
  RegistryPolicy,
  RegistryReplication,
  siteImage,
} from "../../../modules/ecr-replication";
import { EcsCluster, FargateService } from "../../../modules/ecs-service";
import { SiteKey } from "../../../modules/kms-keys";
import {
  EventRule,
  FunctionErrorsAlarm,
  imageCode,
  KinesisEventSource,
  LambdaFunction,
  QueueEventSource,
} from "../../../modules/lambda-function";
import { LoadBalancer } from "../../../modules/load-balancer";
import { Network, PrefixList, TransitGateway } from "../../../modules/network";
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
} from "../../../modules/route53-failover";
import { ReplicaBucket } from "../../../modules/s3-replication";
import { ReplicatedSecret } from "../../../modules/secret-replica";
import { Site } from "../../../modules/site";
import { StateBucket } from "../../../modules/state-bucket";
import * as dms from "../dms";
import { FUNCTION, PROPS as WORKER } from "../lambda";
import { OSAKA, SEOUL, TOKYO } from "../synth";
import { ConstructCase, of } from "./case";

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
const healthChecks = (site: Site): HealthCheck[] =>
  ["One", "Two"].map((id) => new EndpointHealthCheck(site, id, { name: id, domainName: "api.example.com" }));

/** A sample of the constructs of compute, networks, names and migrations, with properties that are right. */
export const OTHER_CASES: Readonly<Record<string, ConstructCase>> = {
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
      listener: { plainHttp: true },
      clientCidrs: ["10.20.0.0/16", "10.30.0.0/16"],
      target: { port: 8080, healthCheck: { healthyAfter: 3, unhealthyAfter: 4 } },
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
      kmsKeyArn: WORKER.kmsKeyArn,
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
      kmsKeyArn: WORKER.kmsKeyArn,
      warmPool: { active: { min: 1, maxPrepared: 4 } },
    },
    (site, props) => new AutoScalingGroup(site, "Api", props),
  ),
  CapacityReservation: of(
    { name: "orders", availabilityZone: "ap-northeast-2a", instanceType: "m7g.large", instanceCount: 3 },
    (site, props) => new CapacityReservation(site, "Reservation", props),
  ),
  EcsCluster: of(
    { name: "orders", kmsKeyArn: WORKER.kmsKeyArn, logRetentionDays: 30 },
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
      kmsKeyArn: WORKER.kmsKeyArn,
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
      flowLogGroup: { kmsKeyArn: WORKER.kmsKeyArn, retentionDays: 30 },
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
      checkers: { regions: ["us-east-1", "us-west-1", "eu-west-1"] },
    },
    (site, props) =>
      new EndpointHealthCheck(site, "Check", props as ConstructorParameters<typeof EndpointHealthCheck>[2]),
  ),
  CalculatedHealthCheck: of(
    { name: "all", threshold: 1 },
    (site, props) => new CalculatedHealthCheck(site, "Check", { ...props, children: healthChecks(site) }),
  ),
  WeightedRecords: of({ seoul: { weight: 10 }, tokyo: { weight: 20 } }, (site, given) => {
    const { seoul, tokyo } = { ...given };
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
    (site, given) =>
      new FailoverRecords(site, "Records", {
        name: "orders.example.com",
        zone: { name: "example.com", zoneId: "Z123" },
        primary: {
          site: "seoul",
          region: SEOUL.region,
          target: plainValues({ ...given }.values),
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
    { name: "acme-tf", history: { expireOldVersionsAfterDays: 60, keepOldVersions: 10 } },
    (site, props) => new StateBucket(site, "States", props),
  ),
  ReplicatedSecret: of(
    { name: "orders/payment", key: keyIn(SEOUL), replicas: [keyIn(TOKYO)], recoveryWindowDays: 7 },
    (site, props) => new ReplicatedSecret(site, "Payment", props),
  ),
  ImageRepository: of(
    { name: "orders/api", kmsKeyArn: WORKER.kmsKeyArn, pullAccounts: ["444455556666"] },
    (site, props) => new ImageRepository(site, "Repository", props),
  ),
  "ImageRepository with a lifecycle": of(
    { count: 30, prefixes: ["release-"] },
    (site, given) =>
      new ImageRepository(site, "Repository", {
        name: "orders/api",
        kmsKeyArn: WORKER.kmsKeyArn,
        lifecycle: [keepNewest({ ...given }.count, { prefixes: { ...given }.prefixes })],
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
