/**
 * Proves, with Terraform and the embedded AWS, that an Aurora global database in two stacks can be applied. After a failover with the home
 * dark, a switchover back and a detachment, the next plan of both is empty. Does not prove that data is copied, nor how long AWS takes.
 */
import {
  GlobalCluster,
  GlobalDatabaseFacts,
  OriginCluster,
  ReplicationLagAlarm,
  SecondaryCluster,
} from "../../modules/aurora-global-database";
import { Duration } from "../../modules/core";
import { ClusterPlace, describeGlobalDatabase } from "./global-database";
import { ACCOUNT, PATIENCE_MS, SEOUL, TOKYO } from "./support";

const IDENTIFIER = "ledger";
const FACTS: GlobalDatabaseFacts = {
  engine: "aurora-postgresql",
  engineVersion: "16.6",
  databaseName: "ledger",
  secondaryRegions: [TOKYO],
};
const CLUSTER = { instanceClass: "db.serverless", serverlessV2Scaling: { minAcu: 8, maxAcu: 64 } } as const;

function place({ seoul, tokyo }: Readonly<Record<"seoul" | "tokyo", ClusterPlace>>): void {
  const { ref } = new GlobalCluster(seoul.site, "Global", { ...FACTS, identifier: IDENTIFIER });
  new OriginCluster(seoul.site, "Ledger", { ...CLUSTER, ...seoul.parts, global: ref });

  const global = GlobalCluster.refOf({ ...FACTS, identifier: IDENTIFIER, region: SEOUL, account: ACCOUNT });
  const secondary = new SecondaryCluster(tokyo.site, "Ledger", { ...CLUSTER, ...tokyo.parts, global });
  new ReplicationLagAlarm(tokyo.site, "Lag", { cluster: secondary.ref, global, threshold: Duration.minutes(1) });
}

describeGlobalDatabase(
  "an Aurora global database in two stacks",
  { identifier: IDENTIFIER, place, minutes: { apply: 4, step: 1 } },
  (stacks) => {
    test(
      "has its password in no state",
      async () => {
        expect(await stacks.seoul.statePull()).not.toMatch(
          /"(master_password|master_password_wo|secret_string_wo)": "[^"]/,
        );
      },
      PATIENCE_MS,
    );
  },
);
