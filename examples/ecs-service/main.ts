/**
 * Containers on Fargate in Tokyo, a pilot light. The load balancer, the service and the image repository exist, and no
 * task runs. You push images in Seoul. They are replicated before Tokyo needs them: Tokyo pulls from its own registry.
 */
import { App, TerraformStack } from "cdktf";
import { ImageRepository, RegistryReplication, siteImage } from "../../modules/ecr-replication";
import { EcsCluster, ecsKeyStatements, FargateService } from "../../modules/ecs-service";
import { SiteKey } from "../../modules/kms-keys";
import { LoadBalancer } from "../../modules/load-balancer";
import { Network } from "../../modules/network";
import { Site, StateBackend } from "../../modules/site";

const SITES = {
  seoul: { region: "ap-northeast-2", account: "111122223333" },
  tokyo: { region: "ap-northeast-1", account: "111122223333" },
};
const app = new App();

/** A stack that holds one site: its key and its repository. Both sites use one name. */
function siteStack(name: keyof typeof SITES) {
  const stack = new TerraformStack(app, `orders-${name}`);
  new StateBackend(stack, { bucket: `acme-tf-${name}`, prefix: name, region: SITES[name].region });
  const site = new Site(stack, "Default", { ...SITES[name], name });
  const { kmsKeyArn } = new SiteKey(site, "Key", { alias: `orders-${name}`, statements: ecsKeyStatements(site) });
  const repository = new ImageRepository(site, "Repository", { name: "orders/api", kmsKeyArn });
  return { site, kmsKeyArn, repository };
}

const tokyo = siteStack("tokyo");
const interfaceEndpoints = ["ecr.api", "ecr.dkr", "logs"];
const network = new Network(tokyo.site, "Network", { cidr: "10.21.0.0/16", interfaceEndpoints });
const place = { vpcId: network.vpcId, subnetIds: network.privateSubnetIds };
const { target } = new LoadBalancer(tokyo.site, "Balancer", {
  ...place,
  name: "orders-tokyo",
  clientCidrs: [network.cidr],
  listener: { plainHttp: true },
  target: { port: 8080, type: "ip" },
});
new FargateService(tokyo.site, "Api", {
  ...place,
  name: "orders-api",
  cluster: new EcsCluster(tokyo.site, "Cluster", { name: "orders", kmsKeyArn: tokyo.kmsKeyArn }).ref,
  containers: { api: { image: siteImage(tokyo.repository.ref, "1.4.2"), ports: [8080] } },
  cpu: 512,
  memoryMiB: 1024,
  capacity: { min: 0, desired: 0, max: 12 },
  activeCapacity: { min: 6, desired: 6, max: 12 },
  kmsKeyArn: tokyo.kmsKeyArn,
  target,
});

const { site: seoul } = siteStack("seoul");
const rules = [{ destinations: [RegistryReplication.refOf(SITES.tokyo)], repositoryPrefixes: ["orders/"] }];
new RegistryReplication(seoul, "Replication", { rules });
TerraformStack.of(seoul).addDependency(TerraformStack.of(tokyo.site));

app.synth();
