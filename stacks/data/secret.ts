import { declareProtection, Duration } from "../../modules/core";
import {
  ReplicatedSecret,
  ReplicatedSecretProps,
  requireSecretIn,
  secretReadStatements,
  SecretRef,
  SecretReplica,
} from "../../modules/secret-replica";
import { othersThan, withForgottenSites, WorkloadContract } from "../contract";
import { checkSettings } from "../shapes";
import { DataStore, inOneAccount, publish, StoreInSite, StoreReplication } from "./store";

const SOURCE = "https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html";

/** Props of a secret that the workload sets itself. */
type Decided = "key" | "name" | "replicas";

export type SecretOptions = Omit<ReplicatedSecretProps, Decided>;

/**
 * A secret of the application, such as an API key. It is written in the home and read by the same name in every site,
 * encrypted with that site's key. It is the same in every pattern, and a failover changes nothing. With `promotable`, a
 * failover turns the replica of the new site into a secret of its own. That secret can be written while the home is
 * dark; nothing copies its new values.
 *
 * The secret is `<workload>/<store>` in every region, with its name in the SSM parameter `/<workload>/<store>/secret`.
 * It is in the home's replication stack, because its replicas are encrypted with the keys of the other sites.
 */
export function secret(options: SecretOptions = {}): DataStore {
  checkSettings("secret", "SecretOptions", options);
  return {
    kind: "secret",
    interfaceEndpoints: ["secretsmanager"],
    replicatedByHome: true,
    access: ({ scope, store, contract }) =>
      secretReadStatements(requireSecretIn(scope, refOf(store, contract, options))),
    check: inOneAccount("a secret", "keep the sites of a secret in one account: its replicas lie in one"),
    inSite: (at) => placeSecret(at, options),
    replication: (at) => {
      createSecret(at, options);
      return undefined;
    },
  };
}

function createSecret({ scope, store, contract }: StoreReplication, options: SecretOptions): void {
  new ReplicatedSecret(scope, "Secret", { ...options, ...definitionOf(store, contract) });
}

/** Refers to the secret by name, so that it works before the secret exists and without any other site. */
function placeSecret(at: StoreInSite, options: SecretOptions): void {
  const { scope, store, contract, site } = at;
  const ref = refOf(store, contract, options);
  if (!site.home) {
    new SecretReplica(scope, "Secret", { secret: ref, promoted: site.generations.at(-1)!.promoted });
  }
  declareWriter(at, options);
  publish(at, "secret", ref.name);
}

/** After a failover the values still come from the home, or from the operators once a replica is promoted. */
function declareWriter({ scope, contract, site }: StoreInSite, { promotable }: SecretOptions): void {
  const { writer, home } = contract;
  if (writer === home || site === writer) return;
  const copied = { copiesFrom: writer.region, copiesIn: [site.name] };
  declareProtection(scope, {
    protection: promotable
      ? {
          ...copied,
          mechanism: "values that the operator writes to each site's secret",
          loss: { basis: "unknown", source: SOURCE, note: `values written in ${writer.name} are not copied` },
        }
      : {
          ...copied,
          mechanism: "Secrets Manager multi-Region replication from the home",
          loss: {
            value: Duration.seconds(0),
            basis: "configured",
            source: SOURCE,
            note: `values are written in ${home.name} alone, and none in ${writer.name}`,
          },
        },
    recovery: [],
    evidence: [],
  });
}

function refOf(store: string, contract: WorkloadContract, { promotable }: SecretOptions): SecretRef {
  return ReplicatedSecret.refOf({ ...definitionOf(store, contract), promotable, account: contract.home.account });
}

/**
 * The home always has the secret and the other sites its replicas. Secrets Manager deletes a replica that is no longer
 * in the list. Therefore the list keeps the replicas of forgotten sites.
 */
function definitionOf(store: string, contract: WorkloadContract) {
  const replicas = othersThan(withForgottenSites(contract), contract.home).map(({ key }) => key);
  return { name: `${contract.name}/${store}`, key: contract.home.key, replicas };
}
