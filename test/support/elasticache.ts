import {
  GlobalDatastoreFacts,
  GlobalDatastoreRef,
  GlobalReplicationGroup,
  GlobalReplicationGroupProps,
  SecondaryReplicationGroupProps,
} from "../../modules/elasticache-global-datastore";
import { KEY, NETWORK } from "./rds";
import { SEOUL, TOKYO } from "./synth";

/** A Valkey global datastore with its home in Seoul and a secondary in Tokyo. */
export const FACTS: GlobalDatastoreFacts & { readonly name: string } = {
  name: "sessions",
  engine: "valkey",
  engineVersion: "8.0",
  nodeType: "cache.r7g.large",
  secondaryRegions: [TOKYO.region],
};

/** {@link FACTS} as every site knows them. */
export function globalRef(facts: Partial<GlobalDatastoreFacts> = {}): GlobalDatastoreRef {
  return GlobalReplicationGroup.refOf({ ...SEOUL, ...FACTS, ...facts });
}

const CLUSTER = { ...NETWORK, users: { api: "on ~session:* +@read" } };

/** The home with only the required properties. */
export const HOME: GlobalReplicationGroupProps = {
  ...FACTS,
  ...CLUSTER,
  replicationGroupId: "sessions-seoul",
  kmsKeyArn: KEY.seoul,
};

/** The cluster in Tokyo. */
export const SECONDARY: SecondaryReplicationGroupProps = {
  ...CLUSTER,
  global: globalRef(),
  replicationGroupId: "sessions-tokyo",
  kmsKeyArn: KEY.tokyo,
};
