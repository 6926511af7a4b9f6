/** What a pattern runs in a standby site. */
export interface Policy {
  readonly pattern: "pilot-light";
  /** Instances a compute runs in a standby, given what it runs in the active site. */
  readonly standbyCapacity: (active: number) => number;
  /** Whether a standby's database has an instance in a second zone. */
  readonly standbyMultiAz: boolean;
}

/**
 * The patterns.
 *
 * @see https://docs.aws.amazon.com/whitepapers/latest/disaster-recovery-workloads-on-aws/disaster-recovery-options-in-the-cloud.html
 */
export const PILOT_LIGHT: Policy = {
  pattern: "pilot-light",
  standbyCapacity: () => 0,
  standbyMultiAz: false,
};
