import { RecoveryStep, Ref } from "../../modules/core";
import { TerraformResource } from "cdktf";
import * as aurora from "../../modules/aurora-global-database";
import * as documentDb from "../../modules/documentdb-global-cluster";
import { ClusterRef, GlobalClusterSettings, GlobalPlaceRef, LagAlarmSettings } from "../../modules/joined-clusters";
import * as neptune from "../../modules/neptune-global-database";
import { Site } from "../../modules/site";
import * as auroraProps from "./aurora";
import * as documentDbProps from "./documentdb";
import { Member } from "./member-refusals";
import * as neptuneProps from "./neptune";

/** The properties of a cluster that a test of any engine may change. */
export type MemberProps = Partial<Member> & { readonly headless?: boolean };

/** The properties of a global cluster that a test of any engine may change. */
export type GlobalProps = Partial<GlobalClusterSettings> & { readonly secondaryRegions?: readonly string[] };

/** A cluster of any engine, as its tests read it. */
interface Cluster {
  readonly ref: ClusterRef;
  readonly failover: RecoveryStep;
  readonly switchover: RecoveryStep;
  readonly identifier: string;
  readonly port: number;
  readonly clusterArn: string;
  readonly endpoint: string;
  readonly readerEndpoint: string;
  readonly securityGroupId: string;
  readonly instances: Readonly<Record<string, TerraformResource>>;
}

/** One engine, as the tests that hold for all three use it. */
export interface JoinedCase<Global extends GlobalPlaceRef> {
  readonly name: string;
  /** Begins the names of API calls. */
  readonly api: string;
  /** Identifier of the global cluster; those of the clusters end in the site. */
  readonly identifier: string;
  readonly instanceClass: string;
  readonly port: number;
  /** Secondary regions that AWS allows. */
  readonly secondaries: number;
  readonly types: Readonly<Record<"cluster" | "global" | "instance" | "subnetGroup", string>>;
  readonly globalRef: (place?: Partial<Ref> & { readonly identifier?: string }) => Global;
  readonly createGlobal: (
    site: Site,
    id: string,
    props?: GlobalProps,
  ) => { readonly ref: Global; readonly identifier: string; readonly globalClusterArn: string };
  readonly createOrigin: (
    site: Site,
    id: string,
    props?: MemberProps,
    global?: Global,
  ) => Cluster & { readonly global: Global };
  readonly createSecondary: (site: Site, id: string, props?: MemberProps, global?: Global) => Cluster;
  readonly refOf: (props: { identifier: string; region: string; account: string }) => ClusterRef;
  readonly createAlarm: (site: Site, id: string, settings: LagAlarmSettings) => { readonly alarmArn: string };
}

export const AURORA: JoinedCase<aurora.GlobalClusterRef> = {
  name: "Aurora",
  api: "rds",
  identifier: "ledger",
  instanceClass: "db.r7g.large",
  port: 5432,
  secondaries: 10,
  types: {
    cluster: "aws_rds_cluster",
    global: "aws_rds_global_cluster",
    instance: "aws_rds_cluster_instance",
    subnetGroup: "aws_db_subnet_group",
  },
  globalRef: (place) => ({ ...auroraProps.globalRef(place), ...place }),
  createGlobal: (site, id, props) => new aurora.GlobalCluster(site, id, { ...auroraProps.GLOBAL, ...props }),
  createOrigin: (site, id, props, global = auroraProps.globalRef()) =>
    new aurora.OriginCluster(site, id, { ...auroraProps.ORIGIN, global, ...props }),
  createSecondary: (site, id, props, global = auroraProps.globalRef()) =>
    new aurora.SecondaryCluster(site, id, { ...auroraProps.SECONDARY, global, ...props }),
  refOf: (props) => aurora.SecondaryCluster.refOf(props),
  createAlarm: (site, id, settings) =>
    new aurora.ReplicationLagAlarm(site, id, { global: auroraProps.globalRef(), ...settings }),
};

const DOCUMENTDB: JoinedCase<documentDb.GlobalClusterRef> = {
  name: "DocumentDB",
  api: "docdb",
  identifier: "catalog",
  instanceClass: "db.r6g.large",
  port: 27017,
  secondaries: 10,
  types: {
    cluster: "aws_docdb_cluster",
    global: "aws_docdb_global_cluster",
    instance: "aws_docdb_cluster_instance",
    subnetGroup: "aws_docdb_subnet_group",
  },
  globalRef: (place) => ({ ...documentDbProps.globalRef(place), ...place }),
  createGlobal: (site, id, props) => new documentDb.GlobalCluster(site, id, { ...documentDbProps.GLOBAL, ...props }),
  createOrigin: (site, id, props, global = documentDbProps.globalRef()) =>
    new documentDb.OriginCluster(site, id, { ...documentDbProps.ORIGIN, global, ...props }),
  createSecondary: (site, id, props, global = documentDbProps.globalRef()) =>
    new documentDb.SecondaryCluster(site, id, { ...documentDbProps.SECONDARY, global, ...props }),
  refOf: (props) => documentDb.SecondaryCluster.refOf(props),
  createAlarm: (site, id, settings) =>
    new documentDb.ReplicationLagAlarm(site, id, { global: documentDbProps.globalRef(), ...settings }),
};

export const NEPTUNE: JoinedCase<neptune.GlobalClusterRef> = {
  name: "Neptune",
  api: "neptune",
  identifier: "friends",
  instanceClass: "db.r6g.large",
  port: 8182,
  secondaries: 5,
  types: {
    cluster: "aws_neptune_cluster",
    global: "aws_neptune_global_cluster",
    instance: "aws_neptune_cluster_instance",
    subnetGroup: "aws_neptune_subnet_group",
  },
  globalRef: (place) => ({ ...neptuneProps.globalRef(place), ...place }),
  createGlobal: (site, id, props) => new neptune.GlobalCluster(site, id, { ...neptuneProps.GLOBAL, ...props }),
  createOrigin: (site, id, props, global = neptuneProps.globalRef()) =>
    new neptune.OriginCluster(site, id, { ...neptuneProps.ORIGIN, global, ...props }),
  createSecondary: (site, id, props, global = neptuneProps.globalRef()) =>
    new neptune.SecondaryCluster(site, id, { ...neptuneProps.SECONDARY, global, ...props }),
  refOf: (props) => neptune.SecondaryCluster.refOf(props),
  createAlarm: (site, id, settings) =>
    new neptune.ReplicationLagAlarm(site, id, { global: neptuneProps.globalRef(), ...settings }),
};

/** Runs the tests of a function for each engine. */
export function forEachEngine(prove: <Global extends GlobalPlaceRef>(engine: JoinedCase<Global>) => void): void {
  describe("Aurora", () => prove(AURORA));
  describe("DocumentDB", () => prove(DOCUMENTDB));
  describe("Neptune", () => prove(NEPTUNE));
}
