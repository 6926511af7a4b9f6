import {
  GlobalCluster,
  GlobalClusterProps,
  GlobalClusterRef,
  GlobalDatabaseFacts,
  GlobalClusterRefProps,
  OriginClusterProps,
  SecondaryClusterProps,
} from "../../modules/aurora-global-database";
import { KEY, NETWORK } from "./rds";
import { OSAKA, SEOUL, TOKYO } from "./synth";

/** A global database of Aurora PostgreSQL with its home in Seoul and a secondary in Tokyo. */
export const GLOBAL: GlobalClusterProps = {
  identifier: "ledger",
  engine: "aurora-postgresql",
  engineVersion: "16.6",
  secondaryRegions: [TOKYO.region],
};

export const MYSQL: Pick<GlobalDatabaseFacts, "engine" | "engineVersion"> = {
  engine: "aurora-mysql",
  engineVersion: "8.0.mysql_aurora.3.08.2",
};

/** Two secondaries, as an RPO needs. */
export const THREE_REGIONS = { secondaryRegions: [TOKYO.region, OSAKA.region] };

/** {@link GLOBAL} as every site knows it. */
export function globalRef(props: Partial<GlobalClusterRefProps> = {}): GlobalClusterRef {
  return GlobalCluster.refOf({ ...SEOUL, ...GLOBAL, ...props });
}

/** Its first cluster, with only the required properties. */
export const ORIGIN: OriginClusterProps = {
  ...NETWORK,
  global: globalRef(),
  identifier: "ledger-seoul",
  instanceClass: "db.r7g.large",
  instances: { one: {} },
  kmsKeyArn: KEY.seoul,
};

/** The cluster in Tokyo. */
export const SECONDARY: SecondaryClusterProps = {
  ...NETWORK,
  global: globalRef(),
  identifier: "ledger-tokyo",
  instanceClass: "db.r7g.large",
  instances: { one: {} },
  kmsKeyArn: KEY.tokyo,
};
