/** Made from the types by `npm run shapes`: what each object may hold. Not to be edited. */
import { propsChecker } from "../core/internal";

// prettier-ignore
export const checkProps = propsChecker({
  ReplicaKeyProps: { alias: "string", primaryKeyArn: "string", "deletionWindowDays?": "number",
    "description?": "string", "destroyable?": "boolean", "statements?": ["list", "Statement"] },
  SiteKeyProps: { alias: "string", "deletionWindowDays?": "number", "description?": "string",
    "destroyable?": "boolean", "multiRegion?": "boolean", "rotationPeriodDays?": "number", "services?": ["list",
    "string"], "statements?": ["list", "Statement"] },
  Statement: { sid: "string", "effect?": ["one of", "Allow", "Deny"], "principal?": ["either", ["one of", "*"],
    { "AWS?": ["either", "string", ["list", "string"]], "Service?": ["either", "string", ["list", "string"]],
    "Federated?": ["either", "string", ["list", "string"]] }], actions: ["list", "string"], "notResources?": ["list",
    "string"], "resources?": ["list", "string"], "conditions?": ["record", ["record", ["either", "string", ["list",
    "string"]]]] },
});
