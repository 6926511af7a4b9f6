/** Made from the types by `npm run shapes`: what each object may hold. Not to be edited. */
import { propsChecker } from "../core/internal";

// prettier-ignore
export const checkProps = propsChecker({
  AssumeRole: { roleArn: "string", "externalId?": "string", "sessionName?": "string" },
  SiteProps: { region: "string", account: "string", "assumeRole?": "AssumeRole", "name?": "string",
    "plansNeedOtherStates?": "boolean", "provider?": "construct", "tags?": ["record", "string"] },
  StateBackendProps: { region: "string", "assumeRole?": "AssumeRole", bucket: "string", "prefix?": "string",
    "kmsKeyArn?": "string" },
});
