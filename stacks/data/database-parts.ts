import { fittingName } from "../../modules/core";
import { generationParts } from "../../modules/core/internal";
import {
  AutomatedBackupsParameter,
  AutomatedBackupsReplication,
  DatabaseGroups,
  DatabaseRef,
  DB_INSTANCE,
  MasterUserSecret,
  ReadReplica,
  ReplicaLagAlarm,
  RestoredDatabase,
  SourceDatabase,
} from "../../modules/rds-read-replica";
import { takesOver } from "../history/questions";
import { Generation, numbered } from "../history/site-history";
import { othersThan, SiteContract, siteNamed } from "../contract";
import { Settings } from "./database-options";
import { StoreInSite } from "./store";

/** Resources that all generations of a site share. */
interface Parts {
  readonly groups: DatabaseGroups;
  readonly secret: MasterUserSecret | undefined;
}

/** One generation of the store in a site, with its settings. */
export interface GenerationInSite {
  readonly at: StoreInSite;
  readonly generation: Generation;
  readonly parts: Parts;
  readonly settings: Settings;
}

export function createGroups(
  at: StoreInSite,
  { engine, engineVersion, parameters, staticParameters }: Settings,
): DatabaseGroups {
  const { scope, contract, store, site, network, clients } = at;
  return new DatabaseGroups(scope, "Groups", {
    engine,
    engineVersion,
    name: `${contract.name}-${store}-${site.name}`,
    vpcId: network.vpcId,
    subnetIds: network.privateSubnetIds,
    clientSecurityGroups: clients,
    parameters,
    staticParameters,
  });
}

/**
 * Creates the secret in the home and replicates it to every other site. A promoted replica keeps the master user of its
 * source.
 */
export function createSecret(at: StoreInSite, { username = "dbadmin" }: Settings): MasterUserSecret {
  const { scope, contract, site, key } = at;
  return new MasterUserSecret(scope, "MasterUser", {
    name: secretName(at),
    kmsKeyArn: key.kmsKeyArn,
    username,
    replicas: Object.fromEntries(othersThan(contract, site).map(({ region }) => [region, {}])),
  });
}

export function secretName({ contract, store }: StoreInSite): string {
  return `${contract.name}/${store}/master-user`;
}

export function createSource(made: GenerationInSite): SourceDatabase {
  const { at, parts, settings } = made;
  const { storageGiB, databaseName } = settings;
  return new SourceDatabase(at.scope, "Instance", {
    ...instanceProps(made),
    storageGiB,
    databaseName,
    masterUserSecret: parts.secret,
  });
}

export function createReplica(made: GenerationInSite): ReadReplica {
  const { at, generation, settings } = made;
  // the flag makes no difference to a PostgreSQL replica that Terraform drops from state
  const upgradable = generation.promoted || settings.engine !== "postgres";
  const instance = instanceProps(made);
  return new ReadReplica(at.scope, numbered("Instance", generation), {
    ...instance,
    upgrades: { ...instance.upgrades, allowMajorVersion: upgradable && instance.upgrades.allowMajorVersion },
    source: sourceRef(made),
    promoted: generation.promoted,
    multiAz: generation.promoted || at.contract.policy.databaseMultiAz,
  });
}

export function restore(made: GenerationInSite, { automatedBackupsArn }: AutomatedBackupsParameter): RestoredDatabase {
  return new RestoredDatabase(made.at.scope, numbered("Instance", made.generation), {
    ...instanceProps(made),
    automatedBackupsArn,
  });
}

export function copyBackups(made: GenerationInSite, replica?: ReadReplica): AutomatedBackupsReplication {
  const { at, generation, parts, settings } = made;
  return new AutomatedBackupsReplication(at.scope, numbered("Backups", generation), {
    source: sourceRef(made),
    kmsKeyArn: at.key.kmsKeyArn,
    destroyable: settings.destroyable,
    replica: replica?.ref,
    retentionDays: settings.backupsReplicationRetentionDays,
    restoreGroups: parts.groups,
    restoreInstanceClass: settings.instanceClass,
  });
}

/**
 * One parameter for all generations. It holds the ARN of the latest copies, even after their replication was dropped
 * from state.
 */
export function nameBackups(
  { scope, contract, store }: StoreInSite,
  backups: AutomatedBackupsReplication | undefined,
): AutomatedBackupsParameter {
  return new AutomatedBackupsParameter(scope, "BackupsArn", { name: `/${contract.name}/${store}/backups`, backups });
}

export function watchLag({ at, generation }: GenerationInSite, replica: DatabaseRef): void {
  new ReplicaLagAlarm(at.scope, numbered("Lag", generation), {
    replica,
    threshold: at.contract.objectives.rpo,
    promoted: generation.promoted,
  });
}

function instanceProps({ at, generation, parts, settings }: GenerationInSite) {
  const {
    backupsReplication,
    backupsReplicationRetentionDays,
    databaseName,
    parameters,
    staticParameters,
    storageGiB,
    upgrades,
    username,
    ...instance
  } = settings;
  return {
    ...instance,
    upgrades: { ...upgrades, applyImmediately: upgrades?.applyImmediately ?? takesOver(at.contract, at.site) },
    identifier: identifierOf(at, at.site, generation.number),
    groups: parts.groups,
    kmsKeyArn: at.key.kmsKeyArn,
  };
}

function sourceRef({ at, generation, settings }: GenerationInSite): DatabaseRef {
  const follows = generation.follows!;
  const source = siteNamed(at.contract, follows.site);
  const { region, account } = source;
  const { engine, engineVersion } = settings;
  const identifier = identifierOf(at, source, follows.generation);
  return SourceDatabase.refOf({ identifier, region, account, engine, engineVersion });
}

export function identifierOf(
  { contract, store }: Pick<StoreInSite, "contract" | "store">,
  { name }: SiteContract,
  generation: number,
): string {
  return fittingName(DB_INSTANCE, contract.name, store, name, ...generationParts(generation));
}
