/** Made from the types by `npm run shapes`: what each object may hold. Not to be edited. */
import { propsChecker } from "../core/internal";

// prettier-ignore
export const checkProps = propsChecker({
  ImageBuilderDistributionProps: { destinations: ["record", "ImageDestination"], name: "string",
    "description?": "string", "imageName?": "string", "imageTags?": ["record", "string"] },
  ImageCopyProps: { kmsKeyArn: "string", name: "string", source: "ImageSource", "deprecateOn?": "string",
    "description?": "string" },
  ImageDestination: { key: "KeyRef", "launchAccounts?": ["list", "string"], "launchOrganizationArns?": ["list",
    "string"], "parameter?": "string", "targetAccounts?": ["list", "string"] },
  ImagePublicationProps: { imageId: "string", parameter: "string", "rootDeviceName?": "string" },
  ImageSharingProps: { accounts: ["list", "string"], imageId: "string", snapshotIds: ["record", "string"] },
  ImageSource: { by: ["one of", "id", "parameter"], reference: "string", region: "string" },
  KeyRef: { name: "string", arn: "string", region: "string", account: "string", "...": "any" },
});
