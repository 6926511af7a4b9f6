import { DmsEndpoint } from "@cdktf/provider-aws/lib/dms-endpoint";
import { Construct } from "constructs";
import { checkName, claimName, refuse } from "../core";
import { Site } from "../site";
import { CERTIFICATE, KEY, literal, localArn } from "./checks";
import { connectionAttributes } from "./connection-attributes";
import { Engine, ENGINES, SourceEngine, TargetEngine, TlsMode } from "./engines";
import { ENDPOINT_ID } from "./names";
import { createSecretAccess, refuseSecret, SecretProps } from "./secret-access";

/** Props that source and target endpoints of databases share. */
export interface DatabaseEndpointProps extends SecretProps {
  /** ARN of the key that encrypts the connection data. Cannot be changed later. */
  readonly kmsKeyArn: string;
  /** Identifier; unique in the region of the account. */
  readonly name: string;
  /**
   * Certificate by which the database is known, of a `Certificate` for example. Needed for every mode that verifies.
   *
   * @default - none
   */
  readonly certificateArn?: string;
  /**
   * Sends password and rows unencrypted.
   *
   * @default false
   */
  readonly plaintext?: boolean;
  /**
   * DNS name of the interface endpoint of Secrets Manager, where the instance reaches it by no other way.
   *
   * @default - found by DNS
   */
  readonly secretsManagerEndpoint?: string;
  /**
   * How the connection is encrypted and the database verified.
   *
   * @default - the strictest DMS offers for the engine: `verify-full`, for Oracle `verify-ca`
   */
  readonly tlsMode?: TlsMode;
}

export function refuseDatabaseEndpoint(scope: Construct, engine: Engine, props: DatabaseEndpointProps): void {
  checkName(scope, "name", props.name, ENDPOINT_ID);
  localArn(scope, "kmsKeyArn", props.kmsKeyArn, KEY);
  if (props.secretsManagerEndpoint) literal(scope, "secretsManagerEndpoint", props.secretsManagerEndpoint);
  refuseTls(scope, engine, props);
  claimName(scope, ENDPOINT_ID, props.name, Site.of(scope));
  refuseSecret(scope, props.name, props);
}

/** The endpoint, with the role by which DMS reads the database's secret. */
export function createDatabaseEndpoint(
  scope: Construct,
  engine: SourceEngine | TargetEngine,
  props: DatabaseEndpointProps,
): DmsEndpoint {
  const access = createSecretAccess(scope, props.name, props);
  return new DmsEndpoint(scope, "Resource", {
    endpointId: props.name,
    endpointType: engine.role,
    engineName: engine.engine,
    databaseName: engine.databaseName,
    extraConnectionAttributes: connectionAttributes({
      ...engine.attributes,
      ...(props.secretsManagerEndpoint && { secretsManagerEndpointOverride: props.secretsManagerEndpoint }),
    }),
    postgresSettings: engine.postgres,
    kmsKeyArn: props.kmsKeyArn,
    secretsManagerAccessRoleArn: access.arn,
    secretsManagerArn: props.secretArn,
    sslMode: sslMode(engine.engine, props),
    certificateArn: props.certificateArn,
    dependsOn: access.ready,
  });
}

function sslMode(engine: Engine, { plaintext, tlsMode }: DatabaseEndpointProps): TlsMode | "none" {
  return plaintext ? "none" : (tlsMode ?? ENGINES[engine].tlsModes.at(-1)!);
}

function refuseTls(scope: Construct, engine: Engine, props: DatabaseEndpointProps): void {
  const { title, tlsModes } = ENGINES[engine];
  const mode = sslMode(engine, props);
  if (props.plaintext && props.tlsMode !== undefined) {
    refuse(scope, "ConflictingSettings", `'plaintext' is set, and 'tlsMode' is given, got '${props.tlsMode}'`);
  }
  if (mode !== "none" && !tlsModes.includes(mode)) {
    refuse(scope, "TlsModeNotOffered", `'tlsMode' of ${title} must be one of ${tlsModes.join(", ")}, got '${mode}'`);
  }
  const verifies = mode === "verify-ca" || mode === "verify-full";
  if (verifies && props.certificateArn === undefined) {
    refuse(
      scope,
      "MissingSetting",
      `'certificateArn' is needed to verify ${title} by '${mode}'`,
      "import the authority's certificate with Certificate and give its certificateArn",
    );
  }
  if (!verifies && props.certificateArn !== undefined) {
    refuse(
      scope,
      "ConflictingSettings",
      `'certificateArn' is given, but the connection is not verified, got '${mode}'`,
      "leave 'certificateArn' out, or choose a mode that verifies",
    );
  }
  if (props.certificateArn !== undefined) localArn(scope, "certificateArn", props.certificateArn, CERTIFICATE);
}
