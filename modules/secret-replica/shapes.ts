/** Made from the types by `npm run shapes`: what each object may hold. Not to be edited. */
import { propsChecker } from "../core/internal";

// prettier-ignore
export const checkProps = propsChecker({
  GeneratedPassword: { "excludeCharacters?": "string", "fields?": ["record", "string"], "length?": "number",
    "passwordField?": "string", "punctuation?": "boolean", "version?": "number" },
  KeyRef: { name: "string", arn: "string", region: "string", account: "string", "...": "any" },
  ReplicatedSecretProps: { key: "KeyRef", name: "string", replicas: ["list", "KeyRef"], "description?": "string",
    "destroyable?": "boolean", "promotable?": "boolean", "recoveryWindowDays?": "number", "rotation?": "Rotation",
    "value?": "SecretValue", "statements?": ["list", "Statement"], "trustedAccounts?": ["list", "string"] },
  Rotation: { functionArn: "string", "everyDays?": "number", "immediately?": "boolean" },
  SecretRef: { arn: "string", keys: ["list", "KeyRef"], promotable: "boolean", name: "string", region: "string",
    account: "string", "...": "any" },
  SecretReplicaProps: { secret: "SecretRef", "promoted?": "boolean" },
  SecretValue: { "generated?": "GeneratedPassword" },
  Statement: { sid: "string", "effect?": ["one of", "Allow", "Deny"], "principal?": ["either", ["one of", "*"],
    { "AWS?": ["either", "string", ["list", "string"]], "Service?": ["either", "string", ["list", "string"]],
    "Federated?": ["either", "string", ["list", "string"]] }], actions: ["list", "string"], "notResources?": ["list",
    "string"], "resources?": ["list", "string"], "conditions?": ["record", ["record", ["either", "string", ["list",
    "string"]]]] },
});
