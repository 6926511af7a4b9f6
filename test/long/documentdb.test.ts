/**
 * Proves, with Terraform and the embedded AWS, that a DocumentDB global cluster in two stacks can be applied. The next plan of both is
 * empty after a failover with the home dark, after a switchover back and after a detachment. Does not prove that data is copied, nor how
 * long AWS takes. Does not prove what AWS does with the key of an encrypted secondary cluster.
 */
import {
  GlobalCluster,
  GlobalClusterFacts,
  OriginCluster,
  ReplicationLagAlarm,
  SecondaryCluster,
} from "../../modules/documentdb-global-cluster";
import { Duration } from "../../modules/core";
import { ClusterPlace, describeGlobalDatabase } from "../emulator/global-database";
import { ACCOUNT, SEOUL, TOKYO } from "../emulator/support";

const IDENTIFIER = "catalog";
const FACTS: GlobalClusterFacts = { engineVersion: "5.0.0", secondaryRegions: [TOKYO] };
const CLUSTER = { instanceClass: "db.r6g.large" } as const;

function place({ seoul, tokyo }: Readonly<Record<"seoul" | "tokyo", ClusterPlace>>): void {
  const { ref } = new GlobalCluster(seoul.site, "Global", { ...FACTS, identifier: IDENTIFIER });
  new OriginCluster(seoul.site, "Catalog", { ...CLUSTER, ...seoul.parts, global: ref });

  const global = GlobalCluster.refOf({ ...FACTS, identifier: IDENTIFIER, region: SEOUL, account: ACCOUNT });
  const secondary = new SecondaryCluster(tokyo.site, "Catalog", { ...CLUSTER, ...tokyo.parts, global });
  new ReplicationLagAlarm(tokyo.site, "Lag", { cluster: secondary.ref, global, threshold: Duration.minutes(1) });
}

describeGlobalDatabase("a DocumentDB global cluster in two stacks", {
  identifier: IDENTIFIER,
  place,
  minutes: { apply: 10, step: 2 },
});
