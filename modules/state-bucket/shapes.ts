/** Made from the types by `npm run shapes`: what each object may hold. Not to be edited. */
import { propsChecker } from "../core/internal";

// prettier-ignore
export const checkProps = propsChecker({
  AccessLogs: { bucket: "string", "prefix?": "string" },
  BucketKey: { kmsKeyArn: "string", ref: "KeyRef" },
  KeyRef: { name: "string", arn: "string", region: "string", account: "string", "...": "any" },
  Retention: { mode: ["one of", "COMPLIANCE", "GOVERNANCE"], days: "number" },
  StateBucketProps: { name: "string", "accessLogs?": "AccessLogs", "adoptExisting?": "boolean",
    "destroyable?": "boolean", "history?": "StateHistory", "key?": "BucketKey", "objectLock?": "boolean",
    "objectLockRetention?": "Retention", "ownStatesOnly?": "boolean", "policyAdministrators?": ["list", "string"],
    "receiveFrom?": ["list", "StateBucketRef"], "tags?": ["record", "string"] },
  StateBucketRef: { prefix: "string", objectLock: "boolean", versioned: "boolean", name: "string", arn: "string",
    region: "string", account: "string", "...": "any" },
  StateHistory: { "expireOldVersionsAfterDays?": "number", "keepOldVersions?": "number" },
  StateReplicationProps: { replicateTo: ["list", "StateBucketRef"], source: "StateBucketRef" },
});
