/**
 * The buckets that Terraform's states are kept in, one in each site, each with copies of the other's states. The first run
 * keeps its own state in files; the second moves it into the buckets that the first has made.
 */
import { App, LocalBackend, TerraformStack } from "cdktf";
import { Site, StateBackend } from "../../modules/site";
import { StateBucket, StateReplication } from "../../modules/state-bucket";

const SITES = {
  seoul: { region: "ap-northeast-2", account: "111122223333" },
  tokyo: { region: "ap-northeast-1", account: "111122223333" },
};
type SiteName = keyof typeof SITES;

const states = (site: SiteName) => StateBucket.refOf({ ...SITES[site], name: `acme-tf-${site}`, site });

const app = new App();
const firstRun: unknown = app.node.tryGetContext("firstRun"); // "context": { "firstRun": true } in cdktf.json

/** A stack whose state is kept in a site, but for the first run: then in a file beside cdktf.json. */
function stackIn(site: SiteName, name: string): TerraformStack {
  const stack = new TerraformStack(app, name);
  const { name: bucket, prefix, region } = states(site);
  if (firstRun) new LocalBackend(stack, { path: `../../../${name}.tfstate` });
  else new StateBackend(stack, { bucket, prefix, region });
  return stack;
}

function siteStack(name: SiteName, other: SiteName): TerraformStack {
  const stack = stackIn(name, `state-${name}`);
  const site = new Site(stack, "Default", { ...SITES[name], name });
  new StateBucket(site, "States", { name: states(name).name, receiveFrom: [states(other)] });
  return stack;
}

const pair = stackIn("seoul", "state-seoul-tokyo");
pair.addDependency(siteStack("seoul", "tokyo")); // S3 checks that the buckets exist
pair.addDependency(siteStack("tokyo", "seoul"));
const seoul = new Site(pair, "seoul", SITES.seoul);
const tokyo = new Site(pair, "tokyo", SITES.tokyo);
new StateReplication(seoul, "Copies", { source: states("seoul"), replicateTo: [states("tokyo")] });
new StateReplication(tokyo, "Copies", { source: states("tokyo"), replicateTo: [states("seoul")] });

app.synth();
