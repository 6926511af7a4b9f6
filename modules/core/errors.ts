import { IConstruct } from "constructs";
import { printable } from "./printable";

/**
 * Every refusal of this library and its remedy, in one place.
 *
 * The key is the stable code (public: a rename is a breaking change), the value what to do about it. The problem itself,
 * with the value that was got, is written where it is found. A test checks that each code is thrown by at least one test.
 */
export const REFUSALS = {
  // core: values
  InvalidDuration: "give a whole number, zero or more, of the unit in the factory's name",
  InvalidDate: "give a calendar day as YYYY-MM-DD",
  InvalidProcedure: "correct the step; modules/core/model describes its fields, and API_CALLS lists the calls",
  InvalidName: "choose a name within AWS's rule for it",
  NameTaken: "give one of the two another name; AWS would refuse the second, or both would manage one object",
  TokenForPlainString:
    "pass the literal value: it has to be the same in every stack and known when they are synthesised",
  InvalidArn: "give the full ARN as AWS prints it",
  SettingOutOfRange: "choose a value inside AWS's limits",
  ConflictingSettings: "set one of the two",
  MissingSetting: "set it; AWS has no default for it that would be safe",
  PolicyTooLong: "name fewer resources, or cover several of them by one name that ends in '*'",
  InvalidTag: "choose keys and values within AWS's rules for tags",
  UnknownSetting: "write the key as the type has it, or leave it out",
  WrongType: "give a value of the property's type",
  NotInHcl: "synthesise JSON: run cdktf without `--hcl`",
  UnsafeText: "remove the `${`: Terraform would read it as an interpolation",

  // copies, in any module
  ReplicaInSourceRegion: "create it under a Site of another region: a copy in the source's region is lost with it",
  ReplicaInOtherAccount:
    "create it under a Site of the source's account; AWS copies this kind of store within one account only",
  TooManyReplicas: "keep to AWS's limit, or let some sites restore from backups",
  WrongSite: "create it under the Site the ref points to",
  ArnOfOtherRegion:
    "give the one in the site's own region: AWS takes no other, and another would be lost with its region",

  // s3-replication
  ReplicationWithoutVersioning: "leave 'versioned' out: S3 replicates between versioned buckets only",
  ObjectLockOnOneSide: "lock both buckets or neither: S3 refuses to copy locked objects into an unlocked bucket",
  ReplicaWithoutKey:
    "add the 'key' of the replicas to the destination's ref, also for a bucket under SSE-S3. Without it S3 skips objects under a KMS key",
  DeleteMarkersWithTagFilter:
    "filter by prefix, or leave the rule's deleteMarkers out: S3 has no delete markers on rules with tags",
  DuplicateRule: "give each rule of a bucket its own id and priority",
  NoReplicationRule: "name at least one destination",

  // network
  InvalidCidr: "write the network's first address and the length of its prefix, for example '10.20.0.0/16'",
  PublicCidr: "choose a private range: others use this one on the internet",
  CidrTooSmall: "choose a larger network; it can never be enlarged",
  OverlappingCidrs: "give each site a range of its own: networks that overlap can never be joined",
  RepeatedItem: "name each item once",

  // auto-scaling
  CeilingDiffers: "give both one value: a ceiling costs nothing, and a group shrinks when an apply lowers it",
  ArchitecturesDiffer: "name types of one architecture: an image starts on one of them alone",

  // ecr-replication
  ImageInOtherRegion:
    "use siteImage, and replicate the repository: a registry of another region cannot be pulled from while it is dark",

  // ecs-service
  TaskSizeNotOffered: "choose CPU and memory that Fargate offers together",
  WrongTargetType: "set the load balancer's 'target.type' to the type of its targets: \"ip\" for tasks on Fargate",
  OnlySpot: "keep an on-demand base, or a weight for it: AWS takes Spot capacity back when it is short of it",
  ContainerDependency:
    "name another container of the task; 'HEALTHY' needs its health check, 'COMPLETE' and 'SUCCESS' one that is not essential",

  // dms-replication
  TlsModeNotOffered: "choose a mode DMS offers for the engine, or leave 'tlsMode' out for the strictest",
  SchemaConversionMissing:
    "set 'schemaConversion' and say how you created the target's schema. DMS copies only rows, no secondary indexes, foreign keys, procedures or users",
  NotSentByProvider: "leave it out: AWS would never get it, and every plan would show the same change",
  DuplicateMappingRule: "give each rule of a table mapping its own name, and each pinned id to one rule",
  DanglingMappingRule: "correct the schema or table, or select it: DMS ignores a rule that matches no selected table",
  InvalidMappingRule: "write the rule as DMS's guide on table mapping has it",
  StartPositionWithoutCdc:
    "make it a task of type 'cdc', or leave the start out: DMS begins changes at the start of a full load",
  InvalidStartPosition: "give the position as the engine prints it, or a checkpoint of another task",
  SourceWithoutChanges: "use a full load, or a source whose changes DMS can read",

  // rds-read-replica
  UnknownEngineVersion: "give a major version that AWS offers, or one of its minor versions",
  EngineMismatch: "give the source, its replicas and their groups one engine and one major version",
  BackupsOff: "keep automated backups for a day or more: replicas, restores and failback begin with them",
  ManagedPasswordReplicated:
    "leave 'manageMasterUserPassword' out of the source: AWS makes no read replica of an instance whose master password RDS manages",
  KeyMissingInReplicaSite: "give 'kmsKeyArn', the ARN of a key of the replica's own region",
  KeyInOtherRegion: "give a key of the same region: AWS encrypts with no key of another",
  InstanceClassUnsuitable: "choose a class of a current generation, or switch off what it lacks",
  InvalidWindow: "give a range in UTC of 30 minutes or more",
  WindowsOverlap: "move one of the two: AWS refuses windows that meet",
  OpenToTheWorld: "name the clients' own blocks or security groups",

  // dynamodb-global-table
  AttributeWithTwoTypes:
    "give the attribute one type: DynamoDB knows an attribute of a key by one type in the whole table",
  DuplicateIndex: "give each index of a table its own name: global and local indexes share their names",
  LocalIndexWithoutSortKey: "give the table a sort key, or make it a global index",
  TimeToLiveOnKey: "keep the expiry in an attribute of its own, of type N",
  NotWithStrongConsistency: "leave it out, or use a GlobalTable: DynamoDB has none on strongly consistent tables",
  StrongConsistencyRegions: "give two replicas, or one replica and a witness, in regions of the table's region set",

  // route53-failover
  RecordOutsideZone: "name a record at or below its zone: another zone's name servers never answer with it",
  ZoneInOtherAccount:
    "create the records under a Site of the zone's account: Route 53 lets no other account change them",
  InvalidRecordValue: "give each record the values its type takes, or use an alias",
  SwitchInLostSite:
    "watch a switch of another site, or a routing control. In an unavailable region no operator can trip a switch, and an alarm keeps its last state",
  AlarmInOtherAccount:
    "create the health check under a Site of the alarm's account: it sees alarms of its own account only",

  // aws-backup
  InvalidSchedule:
    "write six fields as AWS has them, with one number for the minutes and '?' for one of the two days: cron(0 5 ? * * *)",
  CopyToOwnVault: "name another vault, best of another region and account",
  RetentionOutsideLock: "keep within the vault's lock: a locked vault fails every job that does not",
  ResourceNotBackedUp: "take it out of the selection, and protect it in another way",
  CopyNotOffered: "leave the copy out, or copy into another vault",

  // aurora-global-database
  RpoBlocksWrites:
    "leave 'rpo' out, or give the database two secondary regions or more: with one, the loss of it would stop every commit",
  NotInEngineVersion: "choose a version that has it, or leave it out",

  // lambda-function
  CodeInOtherRegion:
    "give a bucket of the site's own region, such as a replica of the other's: Lambda reads code from no other region",
  ImageOutsideEcr: "use siteImage: Lambda starts images from Amazon ECR alone",
  SnapStartNotOffered: "leave 'snapStart' out, or choose a runtime that has it",

  // secret-replica
  SecretNotInSite: "add the site's region to the secret's 'replicas': it is out of reach here while its region is dark",

  // parameter-copies
  InvalidParameterValue: "give a value its type takes; commas separate the items of a list",
  SecretInClearText:
    "pass the token of an ephemeral variable, or copy a secret: a literal is in the code and its history",
  ParameterTooLong: "shorten it, or keep it in a secret or a bucket and copy its name",

  // site
  OutsideSite:
    'create it under a Site (new Site(stack, "Seoul", { region, account })): a Site decides region and account',
  SiteInsideSite: "create the Site in the stack, next to the other one",
  UnknownRegion:
    "use a region's code as AWS writes it, for example 'ap-northeast-2'; a newer version of the library may know more regions",
  ForeignPartition:
    "sites that copy to each other must lie in one partition; regions of aws, aws-cn and aws-us-gov do not mix",
  InvalidAccount: "give it as a string of 12 digits",
  CrossStackToken:
    "pass a ref or a name instead. cdktf would read the other stack's state, which is unreachable while its region is unavailable. In your own stack, a Site with `plansNeedOtherStates` accepts that",

  // stacks
  NoLoadBalancer: "have instances or containers answer, named in `frontDoor.compute`, and give the function its events",
  TooFewSites: "give at least two sites, the first is home",
  SameSite: "give each site a region or an account of its own: one disaster would take both",
  SharedStateBucket: "give each site a bucket of its own region: its state must be read while the other is dark",
  MissingObjective: "give both, for example { rto: Duration.minutes(45), rpo: Duration.minutes(15) }",
  RpoNotMet: "raise the RPO, or protect the store better",
  RtoNotMet: "raise the RTO: what is configured takes longer alone",
  UnknownSite: "name one of the workload's sites",
  UnknownStore: "name one of the workload's stores; one that was given up stays in 'data' as 'forgotten(...)'",
  StoreAddedTooEarly:
    "add it once the home is active and every other site follows it. Buckets, tables and secrets need no entry, so you can add them at any time",
  ForgottenSiteInUse: "fail over to another site, or evacuate this one, and record it before the site is given up",
  FailedOverToActive: "remove the entry, or name the site that took over",
  RebuiltNotDetached: "remove the entry: only a site that a failover left behind is rebuilt",
  FailedOverWithoutWriter:
    "record 'evacuated' instead, because every site takes writes. If you failed over before every site took writes, record 'rebuilt' for the site",
  EvacuatedNotAnswering: "remove the entry, or name a site that answers",
  EvacuatedLast: "have another site rejoin first",
  StillEvacuated: "have it rejoin first: only a multi-site workload can leave a site out",
  RejoinedNotEvacuated: "remove the entry: only an evacuated site rejoins; one that was failed over from is rebuilt",
  HistoryOutOfOrder: "append to the history, oldest first; entries are never moved",
  NoCapacity: "give it at least one",
  StandbyAboveActive: "lower capacity.standby, or raise capacity.active",
  StoreHasOneWriter:
    "set writes to 'global', so that one site takes all writes. Or hold the data in a table, a bucket, or an Aurora database with write forwarding",
  FrontDoorAcrossAccounts:
    "leave frontDoor out and point your own DNS name at each site's load balancer. A health check sees only alarms of its own account",
  FailoverNeedsLostRegion:
    "use PilotLight, which fails over by calls in the standby's own region, or choose another region. To keep it, set 'acceptUsEast1' to true",
  WorkloadOutsideApp: "create the workload in the App: its sites are stacks of their own",
} as const;

/** The stable code of a refusal. */
export type RefusalCode = keyof typeof REFUSALS;

/** A refusal: an input that would synthesise something which fails or loses data later. */
export class DrError extends Error {
  static {
    this.prototype.name = "DrError";
  }

  /** The stable code, see {@link REFUSALS}. */
  declare readonly code: RefusalCode;
  /** The problem, with the value that was passed. */
  declare readonly problem: string;
  /** Path of the construct that was given the input, or the function that was called. */
  declare readonly path: string;
  /** The remedy. */
  declare readonly remedy: string;

  constructor(code: RefusalCode, problem: string, path: string, remedy: string) {
    super(`[${code}] ${path}: ${problem}; ${remedy}`);
    // not enumerable: who prints the error prints the message alone
    for (const [key, value] of Object.entries({ code, problem, path, remedy }))
      Object.defineProperty(this, key, { value });
  }
}

/**
 * Refuses an input where it was written.
 *
 * @param scope the construct that was given the input, or the name of the function where there is no construct yet
 * @param problem the mistake, all lower case, with the value got and the values allowed
 * @param remedy the remedy, if it is more specific than the catalogue's
 */
export function refuse(
  scope: IConstruct | string,
  code: RefusalCode,
  problem: string,
  remedy: string = REFUSALS[code],
): never {
  const path = typeof scope === "string" ? scope : scope.node.path || scope.constructor.name;
  throw new DrError(code, readable(problem), readable(path), remedy);
}

/** Texts and numbers that CDKTF hands over instead of a value that only an apply knows. */
const TOKENS = /[$#]\{TfToken\[[^\]]*\]\}|-\d\.\d+e\+(28|29|30)\d/g;

/** A value in a problem may be a token, or hold what a terminal obeys. */
function readable(text: string): string {
  return printable(text.replace(TOKENS, "a token"));
}
