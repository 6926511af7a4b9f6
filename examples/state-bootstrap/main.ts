/**
 * The buckets that keep Terraform's states, one in each site, each with copies of the other's states. The first run
 * keeps its own state in files. The second run moves it into the buckets. Both run as an administrator of the buckets.
 * Afterwards only this role can change their settings.
 */
import { App, LocalBackend, TerraformStack } from "cdktf";
import { Site, StateBackend } from "../../modules/site";
import { StateBucket, StateReplication } from "../../modules/state-bucket";

// use your own
const ADMINISTRATOR = "arn:aws:iam::111122223333:role/state-admin"; // not the role that deploys workloads
const assumeRole = { roleArn: ADMINISTRATOR };
const SITES = {
  seoul: { region: "ap-northeast-2", account: "111122223333", assumeRole },
  tokyo: { region: "ap-northeast-1", account: "111122223333", assumeRole },
};
const BUCKETS = { seoul: "acme-tf-seoul", tokyo: "acme-tf-tokyo" };
const policyAdministrators = [ADMINISTRATOR];

/** Buckets are known before they exist. */
const states = {
  seoul: StateBucket.refOf({ ...SITES.seoul, name: BUCKETS.seoul, site: "seoul" }),
  tokyo: StateBucket.refOf({ ...SITES.tokyo, name: BUCKETS.tokyo, site: "tokyo" }),
};

const app = new App();
const firstRun: unknown = app.node.tryGetContext("firstRun"); // "context": { "firstRun": true } in cdktf.json

/** A stack that holds one site, keeps its state there and is deployed after others. */
function siteStack(id: string, name: keyof typeof SITES, ...after: Site[]): Site {
  const stack = new TerraformStack(app, id);
  const { name: bucket, prefix, region } = states[name];
  if (firstRun)
    new LocalBackend(stack, { path: `../../../${id}.tfstate` }); // next to cdktf.json
  else new StateBackend(stack, { bucket, prefix, region, assumeRole });
  for (const site of after) stack.addDependency(TerraformStack.of(site));
  return new Site(stack, "Default", { ...SITES[name], name });
}

const seoul = siteStack("state-seoul", "seoul");
new StateBucket(seoul, "States", { name: states.seoul.name, policyAdministrators, receiveFrom: [states.tokyo] });

const tokyo = siteStack("state-tokyo", "tokyo");
new StateBucket(tokyo, "States", { name: states.tokyo.name, policyAdministrators, receiveFrom: [states.seoul] });

const fromSeoul = siteStack("state-seoul-replication", "seoul", seoul, tokyo);
new StateReplication(fromSeoul, "Copies", { source: states.seoul, replicateTo: [states.tokyo] });

const fromTokyo = siteStack("state-tokyo-replication", "tokyo", seoul, tokyo);
new StateReplication(fromTokyo, "Copies", { source: states.tokyo, replicateTo: [states.seoul] });

app.synth();
