import {
  GlobalCluster,
  GlobalClusterRefProps,
  GlobalClusterProps,
  GlobalClusterRef,
  OriginClusterProps,
  SecondaryClusterProps,
} from "../../modules/neptune-global-database";
import { KEY, NETWORK } from "./rds";
import { SEOUL, TOKYO } from "./synth";

/** A Neptune global database with its home in Seoul and a secondary in Tokyo. */
export const GLOBAL: GlobalClusterProps = {
  identifier: "friends",
  engineVersion: "1.4.5.1",
  secondaryRegions: [TOKYO.region],
};

/** {@link GLOBAL} as every site knows it. */
export function globalRef(props: Partial<GlobalClusterRefProps> = {}): GlobalClusterRef {
  return GlobalCluster.refOf({ ...SEOUL, ...GLOBAL, ...props });
}

/** Its first cluster, with only the required properties. */
export const ORIGIN: OriginClusterProps = {
  ...NETWORK,
  global: globalRef(),
  identifier: "friends-seoul",
  instanceClass: "db.r6g.large",
  instances: { one: {} },
  kmsKeyArn: KEY.seoul,
};

/** The cluster in Tokyo. */
export const SECONDARY: SecondaryClusterProps = {
  ...NETWORK,
  global: globalRef(),
  identifier: "friends-tokyo",
  instanceClass: "db.r6g.large",
  instances: { one: {} },
  kmsKeyArn: KEY.tokyo,
};
