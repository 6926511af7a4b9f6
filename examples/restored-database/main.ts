/**
 * A PostgreSQL database in Tokyo, restored from the backups that were replicated from Seoul. Terraform restores it with the first apply.
 * Nothing here reads Seoul, whose region may be unavailable.
 */
import { App, TerraformOutput, TerraformStack } from "cdktf";
import { SiteKey } from "../../modules/kms-keys";
import { Network } from "../../modules/network";
import { DatabaseGroups, RestoredDatabase } from "../../modules/rds-read-replica";
import { Site, StateBackend } from "../../modules/site";

const TOKYO = { region: "ap-northeast-1", account: "111122223333", name: "tokyo" };
const CIDR = "10.21.0.0/16";
const LEDGER = { engine: "postgres", engineVersion: "16", instanceClass: "db.r7g.large" } as const;

/** Printed by `aws rds describe-db-instance-automated-backups --region ap-northeast-1`. */
const BACKUPS = `arn:aws:rds:${TOKYO.region}:${TOKYO.account}:auto-backup:ab-abcdefghijklmnopqrstuvwxyz`;

const app = new App();
const stack = new TerraformStack(app, "ledger-tokyo");
new StateBackend(stack, { bucket: "acme-tf-tokyo", prefix: "tokyo", region: TOKYO.region });
const tokyo = new Site(stack, "Default", TOKYO);

const { vpcId, privateSubnetIds: subnetIds } = new Network(tokyo, "Network", { cidr: CIDR, name: "ledger" });
const { kmsKeyArn } = new SiteKey(tokyo, "Key", { alias: "ledger-tokyo" }); // encrypts the backups too
const clientCidrBlocks = { network: CIDR };
const groups = new DatabaseGroups(tokyo, "Groups", { ...LEDGER, name: "ledger", vpcId, subnetIds, clientCidrBlocks });

const { address } = new RestoredDatabase(tokyo, "Ledger", {
  ...LEDGER,
  identifier: "ledger-tokyo",
  automatedBackupsArn: BACKUPS,
  kmsKeyArn,
  groups,
});
new TerraformOutput(stack, "address", { value: address });

app.synth();
