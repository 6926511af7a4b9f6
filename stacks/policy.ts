/** The four patterns, from the least that runs in a standby site to the most. */
export type Pattern = "backup-restore" | "pilot-light" | "warm-standby" | "multi-site";

/**
 * Which site of a multi-site workload writes what: one takes all writes (`global`); every site takes those of its own users, and the
 * last one wins (`local`); every record is written in one site only, chosen by its key (`partitioned`).
 *
 * @see https://docs.aws.amazon.com/whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html#multi-site-activeactive
 */
export type Writes = "global" | "local" | "partitioned";

/** What a pattern runs in a site that is not the active one, and how the front door answers. */
export interface Policy {
  readonly pattern: Pattern;
  /**
   * Capacity of a compute: `absent` is not built before its site is first active; `none` stands at zero; `reduced` is what the user
   * gives a standby; `full` is what the active site has.
   */
  readonly compute: "absent" | "none" | "reduced" | "full";
  /** How an RDS database is there: as backups to restore from, or as a replica to promote. */
  readonly database: "backups" | "replica";
  /** Whether a replica has an instance in a second zone. */
  readonly databaseMultiAz: boolean;
  /** How a site takes over: by calls in its own region, or by a deployment, which needs IAM's and Route 53's control planes. */
  readonly failover: "calls" | "deployment";
  /**
   * Route 53's routing policy: `simple` answers with the writer; `failover` with the writer until a standby's switch is tripped;
   * `latency` with every site that is not evacuated.
   */
  readonly frontDoor: "simple" | "failover" | "latency";
}

/**
 * The policy table: all that tells one pattern from another.
 *
 * @see https://docs.aws.amazon.com/whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html
 */
export const POLICIES: Readonly<Record<Pattern, Policy>> = {
  "backup-restore": {
    pattern: "backup-restore",
    compute: "absent",
    database: "backups",
    databaseMultiAz: false,
    failover: "deployment",
    frontDoor: "simple",
  },
  "pilot-light": {
    pattern: "pilot-light",
    compute: "none",
    database: "replica",
    databaseMultiAz: false,
    failover: "calls",
    frontDoor: "failover",
  },
  "warm-standby": {
    pattern: "warm-standby",
    compute: "reduced",
    database: "replica",
    databaseMultiAz: false,
    failover: "calls",
    frontDoor: "failover",
  },
  "multi-site": {
    pattern: "multi-site",
    compute: "full",
    database: "replica",
    databaseMultiAz: true,
    failover: "calls",
    frontDoor: "latency",
  },
};
