/** Made from the types by `npm run shapes`: what each object may hold. Not to be edited. */
import { propsChecker } from "../core/internal";

// prettier-ignore
export const checkProps = propsChecker({
  ImageLifecycleRule: { description: "string", images: ["one of", "any", "tagged", "untagged"],
    "tags?": "TagSelection", "count?": "number", "days?": "number" },
  ImageReplicationRule: { destinations: ["list", "RegistryRef"], "repositoryPrefixes?": ["list", "string"] },
  ImageRepositoryProps: { name: "string", "destroyable?": "boolean", "scanOnPush?": "boolean", kmsKeyArn: "string",
    "lifecycle?": ["list", "ImageLifecycleRule"], "mutableTags?": "boolean", "pullAccounts?": ["list", "string"],
    "statements?": ["list", "Statement"] },
  RegistryPolicyProps: { sourceAccounts: ["list", "string"], "createRepositories?": "boolean",
    "repositoryPrefixes?": ["list", "string"], "statements?": ["list", "Statement"] },
  RegistryRef: { name: "string", arn: "string", region: "string", account: "string", "...": "any" },
  RegistryReplicationProps: { rules: ["list", "ImageReplicationRule"] },
  RepositoryCreationTemplateProps: { prefix: "string", kmsKeyArn: "string", "lifecycle?": ["list",
    "ImageLifecycleRule"], "mutableTags?": "boolean", "pullAccounts?": ["list", "string"], "statements?": ["list",
    "Statement"] },
  Statement: { sid: "string", "effect?": ["one of", "Allow", "Deny"], "principal?": ["either", ["one of", "*"],
    { "AWS?": ["either", "string", ["list", "string"]], "Service?": ["either", "string", ["list", "string"]],
    "Federated?": ["either", "string", ["list", "string"]] }], actions: ["list", "string"], "notResources?": ["list",
    "string"], "resources?": ["list", "string"], "conditions?": ["record", ["record", ["either", "string", ["list",
    "string"]]]] },
  TagSelection: { "prefixes?": ["list", "string"], "patterns?": ["list", "string"] },
});
