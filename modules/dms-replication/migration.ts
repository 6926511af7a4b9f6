import { Construct } from "constructs";
import { declareProtection, Evidence, Figure, RecoveryStep, refuse } from "../core";
import { Site } from "../site";
import { ENGINES, isHeterogeneous, Source, Target } from "./engines";
import { parallelLoadFault } from "./table-settings-rules";
import { TableMappings } from "./table-mappings";
import { MigrationType, TaskSettings } from "./task-settings";

/** How the schema of the target was made, where the engines differ. */
export interface SchemaConversion {
  readonly by: "DMS Schema Conversion" | "AWS Schema Conversion Tool" | "by hand" | "none: tables only, created by DMS";
  /** The converted and the remaining objects, with the date. It helps the operator who uses the target later. */
  readonly note: string;
}

/** Props that tasks and serverless replications share. */
export interface MigrationProps {
  /** Tables, from `tableMappings`. */
  readonly mappings: TableMappings;
  /** Copies once, replicates changes, or both. */
  readonly migrationType: MigrationType;
  /** Endpoint to read from. */
  readonly source: Source;
  /** Endpoint to write to. */
  readonly target: Target;
  /**
   * End of the ARN, up to 31 letters, digits and hyphens. It makes the ARN known before there is one. Cannot be changed later.
   *
   * @default - the name, shortened where it is too long
   */
  readonly resourceIdentifier?: string;
  /**
   * How the target's schema was made. Needed between engines of two kinds: DMS copies rows, and creates neither secondary
   * indexes nor foreign keys, procedures or users.
   *
   * @default - none, between engines of one kind
   */
  readonly schemaConversion?: SchemaConversion;
  /**
   * Settings, from LOBs to errors.
   *
   * @default - DMS's own values, but LOBs of any size are copied whole
   */
  readonly settings?: TaskSettings;
  /**
   * Whether it runs. Start it after the first assessment. Set `false` when the target is in use. Otherwise the next change of settings
   * starts copying over it again.
   *
   * @default false
   */
  readonly started?: boolean;
}

const PAGES = {
  lag: "https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Monitoring.html",
  stop: "https://docs.aws.amazon.com/dms/latest/APIReference/API_StopReplicationTask.html",
};

export function refuseMigration(scope: Construct, props: MigrationProps): void {
  refuseSilentConversion(scope, props);
  refuseNoChanges(scope, props);
  for (const [name, load] of Object.entries(props.mappings.parallelLoads)) {
    const fault = parallelLoadFault(props.source.engine, load);
    if (fault !== undefined) {
      refuse(scope, "InvalidMappingRule", `the table settings '${name}' do not fit the source: ${fault}`);
    }
  }
}

/** A replication's answers to the three questions. */
export interface Replicated {
  /** The call that ends it, and its parameter. */
  readonly stop: Pick<RecoveryStep, "call" | "parameters">;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** A task that copies once protects nothing: only one that replicates changes does. */
export function declareMigration(scope: Construct, props: MigrationProps, replicated: Replicated): void {
  if (props.migrationType === "full-load") return;
  const { region } = Site.of(scope);
  declareProtection(scope, {
    protection: {
      mechanism: "AWS DMS ongoing replication",
      copiesFrom: props.source.databaseRegion,
      copiesIn: [region],
      loss: unknown(PAGES.lag, lossNote(props)),
      remedy: "use the engine's own replication where it has one: an RDS read replica or an Aurora global database",
    },
    recovery: [
      {
        title: "stop the replication before anybody else writes to the target",
        ...replicated.stop,
        duration: unknown(PAGES.stop),
        undo: "start it with resume-processing, as long as the source keeps its log and nobody has written to the target",
      },
    ],
    evidence: latencyEvidence(replicated.dimensions, region),
  });
}

/** The two metrics whose sum is the lag. */
function latencyEvidence(dimensions: Readonly<Record<string, string>>, region: string): readonly Evidence[] {
  return [
    { title: "lag behind the source", metric: "CDCLatencySource" },
    { title: "lag of the target behind what was read", metric: "CDCLatencyTarget" },
  ].map((one) => ({ ...one, namespace: "AWS/DMS", dimensions, statistic: "Maximum", unit: "Seconds", region }));
}

function unknown(source: string, note?: string): Figure {
  return { basis: "unknown", source, note };
}

function lossNote({ schemaConversion }: MigrationProps): string {
  const lag =
    "the lag is CDCLatencySource plus CDCLatencyTarget; it grows while a transaction of the source stays open; rows that could not be applied, sequences and identity values are not in it";
  return schemaConversion === undefined ? lag : `${lag}; schema: ${schemaConversion.by}, ${schemaConversion.note}`;
}

function refuseSilentConversion(scope: Construct, { source, target, schemaConversion }: MigrationProps): void {
  const note = schemaConversion?.note.trim();
  if (note === "" || (note === undefined && isHeterogeneous(source.engine, target.engine))) {
    refuse(
      scope,
      "SchemaConversionMissing",
      note === ""
        ? "'schemaConversion.note' is empty"
        : `'schemaConversion' is needed from ${ENGINES[source.engine].title} to ${ENGINES[target.engine].title}`,
    );
  }
}

function refuseNoChanges(scope: Construct, { mappings, migrationType, source }: MigrationProps): void {
  if (migrationType === "full-load") return;
  if (!source.capturesChanges) {
    refuse(
      scope,
      "SourceWithoutChanges",
      `'migrationType' is '${migrationType}', and the source has no changes to read, got ${ENGINES[source.engine].title} without 'cdcPath'`,
    );
  }
  if (mappings.views.length > 0) {
    refuse(
      scope,
      "SourceWithoutChanges",
      `'migrationType' is '${migrationType}', and views are selected, got ${mappings.views.join(", ")}`,
      "select tables, and load views by a task of type 'full-load': changes of views cannot be read",
    );
  }
}
