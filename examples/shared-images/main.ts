/**
 * The builds of one account for the standby of another. Image Builder publishes golden images in Seoul. Tokyo's account copies the release
 * that is shared with it, under its own key. Container images arrive by replication, in repositories that a template describes.
 */
import { DataAwsAmi } from "@cdktf/provider-aws/lib/data-aws-ami";
import { App, TerraformStack } from "cdktf";
import * as ami from "../../modules/ami-distribution";
import { RegistryPolicy, RegistryReplication, RepositoryCreationTemplate } from "../../modules/ecr-replication";
import { SiteKey } from "../../modules/kms-keys";
import { Site, StateBackend } from "../../modules/site";

const SITES = {
  seoul: { region: "ap-northeast-2", account: "111122223333" }, // the account that builds
  tokyo: {
    region: "ap-northeast-1",
    account: "444455556666", // the account of the standby
    assumeRole: { roleArn: "arn:aws:iam::444455556666:role/terraform" },
  },
};
const [BUILDS, STANDBY] = [SITES.seoul.account, SITES.tokyo.account];
const RELEASE = { name: "orders-1.4.2", imageId: "ami-0123456789abcdef0" };

const app = new App();

/** A stack that holds one site and keeps its state there. */
function siteStack(name: keyof typeof SITES): Site {
  const stack = new TerraformStack(app, `builds-${name}`);
  new StateBackend(stack, { bucket: `acme-tf-${name}`, prefix: name, region: SITES[name].region });
  return new Site(stack, "Default", { ...SITES[name], name });
}

const seoul = siteStack("seoul");
const { ref: key } = new SiteKey(seoul, "Key", {
  alias: "images-seoul",
  statements: ami.sharedImageKeyStatements(seoul, [STANDBY]),
});
new ami.ImageBuilderDistribution(seoul, "Distribution", {
  name: "orders",
  destinations: { seoul: { key, parameter: "/orders/ami" } },
});
const filter = [{ name: "name", values: [RELEASE.name] }];
const { imageId, rootSnapshotId: root } = new DataAwsAmi(seoul, "Built", { owners: ["self"], filter });
new ami.ImageSharing(seoul, "Release", { accounts: [STANDBY], imageId, snapshotIds: { root } });

const tokyo = siteStack("tokyo");
TerraformStack.of(tokyo).addDependency(TerraformStack.of(seoul)); // an image is copied after it was shared
const { kmsKeyArn } = new SiteKey(tokyo, "Key", { alias: "images-tokyo" });
const source = ami.imageById(RELEASE.imageId, SITES.seoul.region);
new ami.ImageCopy(tokyo, "Release", { name: RELEASE.name, kmsKeyArn, source });

const repositoryPrefixes = ["orders/"];
new RegistryPolicy(tokyo, "Registry", { sourceAccounts: [BUILDS], createRepositories: true, repositoryPrefixes });
new RepositoryCreationTemplate(tokyo, "Repositories", { prefix: "orders", kmsKeyArn });
const destinations = [RegistryReplication.refOf(SITES.tokyo)];
new RegistryReplication(seoul, "Images", { rules: [{ destinations, repositoryPrefixes }] });

app.synth();
