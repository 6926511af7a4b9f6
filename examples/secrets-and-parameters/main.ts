/**
 * A secret with its home in Seoul and a replica in Tokyo, and parameters that are equal in both. Tokyo's stack uses the
 * secret and the key of its own region. Nothing in it reads Seoul.
 */
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { App, TerraformStack } from "cdktf";
import { denySwitches, policyDocument, trustService } from "../../modules/core";
import { SiteKey } from "../../modules/kms-keys";
import { ParameterCopies, parameterReadStatements, plainText, textList } from "../../modules/parameter-copies";
import {
  generatedPassword,
  ReplicatedSecret,
  requireSecretIn,
  secretReadStatements,
  SecretReplica,
} from "../../modules/secret-replica";
import { Site, StateBackend } from "../../modules/site";

const SITES = {
  seoul: { region: "ap-northeast-2", account: "111122223333" },
  tokyo: { region: "ap-northeast-1", account: "111122223333" },
};
type SiteName = keyof typeof SITES;
const keyOf = (name: SiteName) => SiteKey.refOf({ ...SITES[name], alias: `orders-${name}` });
const definition = { name: "orders/payment", key: keyOf("seoul"), replicas: [keyOf("tokyo")], promotable: true };
const secret = ReplicatedSecret.refOf({ ...definition, account: SITES.seoul.account });

const app = new App();

function inSite(name: SiteName, job: string): Site {
  const stack = new TerraformStack(app, `orders-${name}-${job}`);
  new StateBackend(stack, { bucket: `acme-tf-${name}`, prefix: name, region: SITES[name].region });
  return new Site(stack, "Default", { ...SITES[name], name });
}

const home = inSite("seoul", "secret");
const value = generatedPassword({ fields: { username: "orders" } });
new ReplicatedSecret(home, "Payment", { ...definition, value });

for (const name of ["seoul", "tokyo"] as const) {
  const { resource: key } = new SiteKey(inSite(name, "key"), "Key", { alias: `orders-${name}` });
  TerraformStack.of(home).addDependency(TerraformStack.of(key)); // a replica is encrypted with its own region's
  const site = inSite(name, "app");
  const parameters = {
    "/orders/api/limit": plainText("100", { allowedPattern: "^[0-9]+$" }),
    "/orders/api/currencies": textList(["KRW", "JPY"]),
  };
  const { refs } = new ParameterCopies(site, "Settings", { parameters });
  if (name === "tokyo") new SecretReplica(site, "Payment", { secret });
  const assumeRolePolicy = trustService("lambda.amazonaws.com");
  const role = new IamRole(site, "Reader", { name: `orders-reader-${name}`, assumeRolePolicy });
  const ofSecret = secretReadStatements(requireSecretIn(site, secret));
  const policy = policyDocument([...ofSecret, ...parameterReadStatements(Object.values(refs)), denySwitches()]);
  new IamRolePolicy(site, "Read", { name: "read", role: role.name, policy });
}

app.synth();
