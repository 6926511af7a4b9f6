/**
 * An existing stack gets sites. Seoul keeps the provider of the stack, Tokyo and Osaka bring their own. Each site has a
 * key. Seoul's bucket is copied to both other sites.
 */
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { App, TerraformStack } from "cdktf";
import { SiteKey } from "../../modules/kms-keys";
import { ReplicaBucket, SourceBucket } from "../../modules/s3-replication";
import { Site, StateBackend } from "../../modules/site";

const ACCOUNT = "111122223333";

const app = new App();
const stack = new TerraformStack(app, "media");
new StateBackend(stack, { bucket: "acme-tf-seoul", prefix: "seoul", region: "ap-northeast-2" });

// the stack had these before
const provider = new AwsProvider(stack, "aws", { region: "ap-northeast-2" });
stack.addOverride("terraform.required_providers.aws", { source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" });
new SnsTopic(stack, "uploads", { name: "media-uploads", kmsMasterKeyId: "alias/aws/sns" });

const seoul = new Site(stack, "Seoul", { region: "ap-northeast-2", account: ACCOUNT, provider });
const tokyo = new Site(stack, "Tokyo", { region: "ap-northeast-1", account: ACCOUNT, tags: { Site: "tokyo" } });
const osaka = new Site(stack, "Osaka", { region: "ap-northeast-3", account: ACCOUNT, tags: { Site: "osaka" } });

const media = (site: Site) => ({
  name: `acme-media-${site.siteName}`,
  key: new SiteKey(site, "Key", { alias: `media-${site.siteName}` }),
});
const replicas = [tokyo, osaka].map((site) => new ReplicaBucket(site, "Media", media(site)));
new SourceBucket(seoul, "Media", { ...media(seoul), replicateTo: replicas.map(({ ref }) => ref) });

app.synth();
