/**
 * Two static addresses lead each client to the nearest site that responds: to an instance in Seoul or to one in Tokyo. Route 53's health
 * checkers test the instances, so Tokyo's security group lets them in. A failover changes no DNS answer.
 */
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { App, TerraformOutput, TerraformStack } from "cdktf";
import { AwsPrefixList } from "../../modules/network";
import { Accelerator } from "../../modules/route53-failover";
import { Site, StateBackend } from "../../modules/site";

const SEOUL = { region: "ap-northeast-2", account: "111122223333" };
const TOKYO = { region: "ap-northeast-1", account: "111122223333" };

/** Ids that AWS gave the instances, and Tokyo's security group: write them down after each site's first apply. */
const INSTANCES = { seoul: "i-0a1b2c3d4e5f60718", tokyo: "i-00112233445566778" };
const SECURITY_GROUP_OF_TOKYO = "sg-0a1b2c3d4e5f60718";

const app = new App();
const stack = new TerraformStack(app, "voice-front-door");
new StateBackend(stack, { bucket: "acme-tf-tokyo", prefix: "tokyo", region: TOKYO.region });
const tokyo = new Site(stack, "Default", { ...TOKYO, name: "tokyo" });

const healthCheck = { protocol: "TCP", port: 5061, intervalSeconds: 10 } as const;
const { dnsName } = new Accelerator(tokyo, "Voice", {
  name: "voice",
  listeners: { sip: { ports: [{ from: 5061 }], clientAffinity: "SOURCE_IP" } },
  sites: {
    seoul: { region: SEOUL.region, endpoints: [{ endpointId: INSTANCES.seoul }], healthCheck },
    tokyo: { region: TOKYO.region, endpoints: [{ endpointId: INSTANCES.tokyo }], healthCheck },
  },
});

const { prefixListId } = new AwsPrefixList(tokyo, "HealthCheckers", { list: "route53-healthchecks" });
new VpcSecurityGroupIngressRule(tokyo, "FromHealthCheckers", {
  securityGroupId: SECURITY_GROUP_OF_TOKYO,
  description: "Health checks of Global Accelerator",
  prefixListId,
  ipProtocol: "tcp",
  fromPort: healthCheck.port,
  toPort: healthCheck.port,
});
new TerraformOutput(stack, "name", { value: dnsName });

app.synth();
