/** A consumer that uses three modules in a stack of its own. */
import { App, TerraformStack } from "cdktf";
import { SiteKey } from "cdktf-aws-dr/modules/kms-keys";
import { ReplicaBucket, SourceBucket } from "cdktf-aws-dr/modules/s3-replication";
import { Site } from "cdktf-aws-dr/modules/site";

const app = new App();
const stack = new TerraformStack(app, "media");
const seoul = new Site(stack, "Seoul", { region: "ap-northeast-2", account: "111122223333" });
const tokyo = new Site(stack, "Tokyo", { region: "ap-northeast-1", account: "111122223333" });

new SiteKey(seoul, "Key", { alias: "media-seoul" });
const replica = new ReplicaBucket(tokyo, "Media", { name: "acme-media-tokyo" });
new SourceBucket(seoul, "Media", { name: "acme-media-seoul", replicateTo: [replica.ref] });
app.synth();
