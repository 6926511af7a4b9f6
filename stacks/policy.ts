/** The four patterns, from the least that runs in a standby site to the most. */
export type Pattern = "backup-restore" | "pilot-light" | "warm-standby" | "multi-site";

/**
 * How the sites of a multi-site workload share the writes. `global`: one site takes all writes. `local`: every site
 * takes the writes of its own users, and the last write wins. `partitioned`: every record is written in one site only,
 * chosen by its key.
 *
 * @see https://docs.aws.amazon.com/whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html#multi-site-activeactive
 */
export type Writes = "global" | "local" | "partitioned";

/** The resources that a pattern runs in a standby, how a standby takes over, and how the front door answers. */
export interface Policy {
  readonly pattern: Pattern;
  /**
   * Capacity of a compute in a standby:
   * - `absent`: created when its site first becomes active.
   * - `none`: created with a capacity of zero.
   * - `reduced`: the capacity that the user sets for a standby.
   * - `full`: the capacity of the active site.
   */
  readonly compute: "absent" | "none" | "reduced" | "full";
  /** How a standby holds an RDS database: as backups to restore from, or as a replica to promote. */
  readonly database: "backups" | "replica";
  /** Whether a replica has an instance in a second zone. */
  readonly databaseMultiAz: boolean;
  /** Whether every site answers, or only the writer. */
  readonly everySiteAnswers: boolean;
  /**
   * How a site takes over: by API calls in its own region, or by a deployment. A deployment needs the control planes of
   * IAM and Route 53.
   */
  readonly failover: "calls" | "deployment";
  /**
   * Routing policy of Route 53:
   * - `simple`: answers with the writer.
   * - `failover`: answers with the writer until a standby's switch is tripped.
   * - `latency`: answers with every site that is not evacuated.
   */
  readonly frontDoor: "simple" | "failover" | "latency";
  /**
   * Instances that a standby has of a global database: none, the writer that takes over, or that writer and its
   * readers.
   */
  readonly globalDatabase: "headless" | "writer" | "writer-and-readers";
}

/**
 * The policy table holds every difference between the patterns.
 *
 * @see https://docs.aws.amazon.com/whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html
 */
export const POLICIES: Readonly<Record<Pattern, Policy>> = {
  "backup-restore": {
    pattern: "backup-restore",
    compute: "absent",
    database: "backups",
    databaseMultiAz: false,
    everySiteAnswers: false,
    failover: "deployment",
    frontDoor: "simple",
    globalDatabase: "headless",
  },
  "pilot-light": {
    pattern: "pilot-light",
    compute: "none",
    database: "replica",
    databaseMultiAz: false,
    everySiteAnswers: false,
    failover: "calls",
    frontDoor: "failover",
    globalDatabase: "writer",
  },
  "warm-standby": {
    pattern: "warm-standby",
    compute: "reduced",
    database: "replica",
    databaseMultiAz: false,
    everySiteAnswers: false,
    failover: "calls",
    frontDoor: "failover",
    globalDatabase: "writer",
  },
  "multi-site": {
    pattern: "multi-site",
    compute: "full",
    database: "replica",
    databaseMultiAz: true,
    everySiteAnswers: true,
    failover: "calls",
    frontDoor: "latency",
    globalDatabase: "writer-and-readers",
  },
};
