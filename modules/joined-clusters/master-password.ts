import { Construct } from "constructs";
import { refuse } from "../core";
import { MasterUserSecret, SecretReplica } from "../rds-read-replica";
import { refuseOtherSite } from "../site";
import { JoinedEngine } from "./engine";
import { GlobalPlaceRef } from "./global-place";
import { MemberClusterProps } from "./member-props";

const DEFAULT_USERNAME = "dbadmin";

/** How the first cluster of a global database comes by its master user. AWS keeps no master password itself there. */
export interface MasterPasswordSettings {
  /**
   * The master user's name and password.
   *
   * @default - an own secret, `rds/<global cluster identifier>`, of DocumentDB `docdb/<global cluster identifier>`; none for a
   *   cluster that is taken over, whose password stays
   */
  readonly masterUserSecret?: MasterUserSecret;
  /**
   * Raise it to change the password in the own secret and on the cluster. The cluster must take the writes at that time.
   *
   * @default 1
   */
  readonly passwordVersion?: number;
  /**
   * Regions to which AWS copies the own secret. The application reads it there after a failover.
   *
   * @default - the secondary regions, each with its AWS managed key
   */
  readonly secretReplicas?: Readonly<Record<string, SecretReplica>>;
  /**
   * Name of the master user. It cannot be changed.
   *
   * @default "dbadmin"
   */
  readonly username?: string;
}

export type OriginProps = MemberClusterProps & MasterPasswordSettings & { readonly global: GlobalPlaceRef };

/** Refuses a user that the engine would, and two passwords. */
export function checkMasterUser(scope: Construct, props: OriginProps, { name, reservedUsers }: JoinedEngine): void {
  const username = props.masterUserSecret?.username ?? props.username ?? DEFAULT_USERNAME;
  if (reservedUsers.includes(username.toLowerCase())) {
    refuse(scope, "InvalidName", `'username' is reserved by ${name}, got '${username}'`);
  }
  refuseTwoPasswords(scope, props);
}

function refuseTwoPasswords(scope: Construct, props: OriginProps): void {
  const { masterUserSecret, adoptExisting } = props;
  const without = masterUserSecret !== undefined ? "masterUserSecret" : adoptExisting && "adoptExisting";
  const idle = (["passwordVersion", "secretReplicas", "username"] as const).find((name) => props[name] !== undefined);
  if (without !== undefined && idle !== undefined) {
    refuse(
      scope,
      "ConflictingSettings",
      `'${idle}' belongs to an own secret, and '${without}' is given`,
      "leave it out, or set it on the MasterUserSecret",
    );
  }
  if (masterUserSecret !== undefined) refuseOtherSite(scope, "masterUserSecret", masterUserSecret);
}

/**
 * The secret that is given, or an own one, copied to the other regions; none for a cluster that is taken over.
 */
export function masterUserSecretOf(
  scope: Construct,
  { engine, props }: { readonly engine: JoinedEngine; readonly props: OriginProps },
): MasterUserSecret | undefined {
  if (props.masterUserSecret !== undefined || props.adoptExisting !== undefined) return props.masterUserSecret;
  const { name, secondaryRegions } = props.global;
  return new MasterUserSecret(scope, "MasterUser", {
    kmsKeyArn: props.kmsKeyArn,
    name: `${engine.api}/${name}`,
    username: props.username ?? DEFAULT_USERNAME,
    destroyable: props.destroyable,
    passwordVersion: props.passwordVersion,
    replicas: props.secretReplicas ?? Object.fromEntries(secondaryRegions.map((region) => [region, {}])),
  });
}

/** The master user's arguments of a cluster, the password among those that Terraform only writes. */
export function masterCredentials(secret: MasterUserSecret | undefined) {
  if (secret === undefined) return {};
  return {
    masterUsername: secret.username,
    masterPasswordWo: secret.password,
    masterPasswordWoVersion: secret.passwordVersion,
  };
}
