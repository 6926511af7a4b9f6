/**
 * Proves for every example, in every partition, with one account and with two, that stacks reference only resources that exist.
 * References are ARNs, names, domains and routes. Documents and names are within AWS's limits. Actions, resources and condition keys of
 * policies fit together. Does not prove that a permission suffices, nor that AWS offers every service in every region.
 */
import { DrError } from "../../modules/core";
import { arnFaults } from "../support/closed-world/arn-faults";
import { ALL_BREAKS, brokenWorld } from "../support/closed-world/breaks";
import { domainFaults, endpointFaults, principalFaults, viaServiceFaults } from "../support/closed-world/domain-faults";
import { referenceFaults } from "../support/closed-world/name-references";
import { pairFaults } from "../support/closed-world/pair-faults";
import { policyFaults } from "../support/closed-world/policy-faults";
import { grammarFaults } from "../support/closed-world/policy-grammar";
import { ALL_PLACES } from "../support/closed-world/relocated-example";
import { sizeFaults } from "../support/closed-world/sizes";
import { switchFaults } from "../support/closed-world/switch-faults";
import { wayOutFaults } from "../support/closed-world/ways-out";
import { World, worldOf } from "../support/closed-world/world";
import { exampleNames } from "../support/examples";

const worlds: World[] = [];
const refused = new Map<string, string>();

beforeAll(() => {
  for (const example of exampleNames()) {
    for (const places of ALL_PLACES) {
      try {
        worlds.push(worldOf(example, places));
      } catch (error) {
        if (!(error instanceof DrError)) throw error;
        refused.set(`${example} (${places.title})`, error.code);
      }
    }
  }
}, 300_000);

/** Examples that copy something which AWS copies within one account only. */
const REFUSED_IN_TWO_ACCOUNTS = {
  "aurora-global-database": "ReplicaInOtherAccount",
  "backup-restore": "ReplicaInOtherAccount",
  "documentdb-global-cluster": "ReplicaInOtherAccount",
  "efs-replication": "ReplicaInOtherAccount",
  "elasticache-global-datastore": "ReplicaInOtherAccount",
  "failed-over": "ReplicaInOtherAccount",
  "global-table": "ReplicaInOtherAccount",
  "lambda-worker": "ReplicaInOtherAccount",
  "multi-site": "ReplicaInOtherAccount",
  "neptune-global-database": "ReplicaInOtherAccount",
  "pilot-light": "ReplicaInOtherAccount",
  "provisioned-table": "ReplicaInOtherAccount",
  "read-replica": "ReplicaInOtherAccount",
  "route53-failover": "AlarmInOtherAccount",
  "secrets-and-parameters": "ReplicaInOtherAccount",
  "strongly-consistent-table": "ReplicaInOtherAccount",
  "two-environments": "ReplicaInOtherAccount",
  "warm-standby": "ReplicaInOtherAccount",
};

/** Examples whose administrators are of an account that these places take away. */
const WITHOUT_ADMINISTRATOR = [
  ...ALL_PLACES.filter(({ accounts }) => accounts === 1).map(({ title }) => `aws-backup (${title})`),
  ...ALL_PLACES.filter(({ accounts }) => accounts === 2).map(({ title }) => `state-bootstrap (${title})`),
];

/** An account shares its images with another account, and needs no permission for its own. */
const REFUSED_IN_ONE_ACCOUNT = { "shared-images": "InvalidAccount" };

/** AWS lists no prefix for ids of global datastores in GovCloud, and three regions of a strongly consistent table in few places. */
const REFUSED_ELSEWHERE = {
  "backup-restore (China)": "FailoverNeedsLostRegion",
  "backup-restore (China, two accounts)": "FailoverNeedsLostRegion",
  "elasticache-global-datastore (GovCloud)": "MissingSetting",
  "elasticache-global-datastore (GovCloud, two accounts)": "MissingSetting",
  "strongly-consistent-table (China)": "StrongConsistencyRegions",
  "strongly-consistent-table (GovCloud)": "StrongConsistencyRegions",
  "strongly-consistent-table (new region)": "StrongConsistencyRegions",
  "two-environments (China)": "FailoverNeedsLostRegion",
  "two-environments (GovCloud)": "MissingSetting",
};

test("every example runs in every place, or is refused where AWS cannot do it", () => {
  const refusedWith = (count: 1 | 2, examples: Readonly<Record<string, string>>) =>
    Object.entries(examples).flatMap(([example, code]) =>
      ALL_PLACES.filter(({ accounts }) => accounts === count).map(({ title }) => [`${example} (${title})`, code]),
    );
  expect(Object.fromEntries(refused)).toEqual({
    ...Object.fromEntries([
      ...refusedWith(1, REFUSED_IN_ONE_ACCOUNT),
      ...refusedWith(2, REFUSED_IN_TWO_ACCOUNTS),
      ...WITHOUT_ADMINISTRATOR.map((title) => [title, "MissingSetting"]),
    ]),
    ...REFUSED_ELSEWHERE,
  });
  expect(worlds.length + refused.size).toBe(exampleNames().length * ALL_PLACES.length);
});

/** Every property of a single world, with the check that lists its faults. */
const PROPERTIES: Readonly<Record<string, (world: World) => string[]>> = {
  "every ARN names something created, given or owned by AWS, in the right partition, region and account": arnFaults,
  "every domain of AWS has the suffix of its partition and the region of a site": domainFaults,
  "every service principal exists in its partition and region": principalFaults,
  "every VPC endpoint names a service of its region": endpointFaults,
  "every key is used through a service of its own region": viaServiceFaults,
  "every service that the roles of a compute may call is reachable from its subnets": wayOutFaults,
  "every policy keeps to IAM's grammar, and each of its statements has a sid of its own": grammarFaults,
  "every document and every name is within AWS's limits": sizeFaults,
  "every role that runs programs is denied to trip a switch": switchFaults,
  "every name that refers to another block exists": referenceFaults,
  "copies and destinations, metrics and alarms, logs and sources match": pairFaults,
};

test.each(Object.entries(PROPERTIES))(
  "%s",
  (_, faultsOf) => {
    expect(worlds.flatMap(faultsOf)).toEqual([]);
  },
  60_000,
);

test("every statement of a policy fits together: actions, resources and condition keys", async () => {
  expect(await policyFaults(worlds)).toEqual([]);
}, 120_000);

test.each(ALL_BREAKS)("in $title it is found that $from became something else: $finds", async (broken) => {
  const whole = worlds.find(({ title }) => title === broken.title)!;
  const found = await broken.check(brokenWorld(whole, broken));
  expect(found.filter((text) => text.includes(broken.finds))).not.toEqual([]);
});
