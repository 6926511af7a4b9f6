/**
 * Shopping carts in a global table of Seoul and Tokyo, read and written in both. Terraform reads every replica when it
 * reads the table, so table and replica have stacks of their own. The application's stacks need the names only.
 */
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { App, TerraformStack } from "cdktf";
import { denySwitches, Duration, policyDocument, trustService } from "../../modules/core";
import { GlobalTable, ReplicationLatencyAlarm, tableAccess, TableReplica } from "../../modules/dynamodb-global-table";
import { Site, StateBackend } from "../../modules/site";

const SITES = {
  seoul: { region: "ap-northeast-2", account: "111122223333" },
  tokyo: { region: "ap-northeast-1", account: "111122223333" },
};

/** The same table in either region, known before it exists. */
const carts = {
  seoul: GlobalTable.refOf({ ...SITES.seoul, name: "carts" }),
  tokyo: TableReplica.refOf({ ...SITES.tokyo, name: "carts" }),
};

const app = new App();

/** A stack that holds one site, keeps its state there and is deployed after others. */
function siteStack(id: string, name: keyof typeof SITES, ...after: Site[]): Site {
  const stack = new TerraformStack(app, id);
  new StateBackend(stack, { bucket: `acme-tf-${name}`, prefix: name, region: SITES[name].region });
  for (const site of after) stack.addDependency(TerraformStack.of(site));
  return new Site(stack, "Default", { ...SITES[name], name });
}

const table = siteStack("carts-seoul-replication", "seoul");
new GlobalTable(table, "Carts", {
  name: carts.seoul.name,
  partitionKey: { name: "customer", type: "S" },
  timeToLive: "expires",
});

const replica = siteStack("carts-tokyo-replication", "tokyo", table);
new TableReplica(replica, "Carts", { table: carts.seoul });

for (const [name, other] of [["seoul", "tokyo"] as const, ["tokyo", "seoul"] as const]) {
  const site = siteStack(`carts-${name}`, name, table, replica);
  const role = new IamRole(site, "Shop", {
    name: `carts-shop-${name}`,
    assumeRolePolicy: trustService("ecs-tasks.amazonaws.com"),
  });
  const policy = policyDocument([...tableAccess({ access: "READ_WRITE", table: carts[name] }), denySwitches()]);
  new IamRolePolicy(site, "ShopPolicy", { name: "carts", role: role.name, policy });
  const [source, destination] = [carts[name], carts[other]];
  new ReplicationLatencyAlarm(site, "Lag", { source, destination, threshold: Duration.seconds(30) });
}

app.synth();
