/** Made from the types by `npm run shapes`: what each object may hold. Not to be edited. */
import { propsChecker } from "../core/internal";

// prettier-ignore
export const checkProps = propsChecker({
  KeyRef: { name: "string", arn: "string", region: "string", account: "string", "...": "any" },
  ParameterCopiesProps: { parameters: ["record", "ParameterValue"], "kmsKeyArn?": "string", "overwrites?": "boolean" },
  ParameterValue: { type: ["one of", "SecureString", "String", "StringList"], options: "SecretParameterOptions",
    "items?": ["list", "string"], "secret?": "SecretRef", "writeOnly?": "string" },
  SecretParameterOptions: { "jsonKey?": "string", "large?": "boolean", "version?": "number",
    "allowedPattern?": "string", "description?": "string" },
  SecretRef: { arn: "string", keys: ["list", "KeyRef"], promotable: "boolean", name: "string", region: "string",
    account: "string", "...": "any" },
});
