/**
 * Seoul answers nine of ten requests for `orders`, Tokyo the tenth. A site answers while its routing control is on and its endpoint
 * responds. A safety rule keeps at least one site on. Automation can turn the controls only while an operator keeps a gate open.
 */
import { App, TerraformStack } from "cdktf";
import { Duration } from "../../modules/core";
import {
  AssertionRule,
  CalculatedHealthCheck,
  EndpointHealthCheck,
  GatingRule,
  HostedZone,
  plainValues,
  RoutingControl,
  RoutingControlCluster,
  RoutingControlHealthCheck,
  RoutingControlPanel,
  WeightedRecords,
} from "../../modules/route53-failover";
import { Site, StateBackend } from "../../modules/site";

const SEOUL = { region: "ap-northeast-2", account: "111122223333", address: "198.51.100.10", weight: 9 };
const TOKYO = { region: "ap-northeast-1", account: "111122223333", address: "203.0.113.10", weight: 1 };

const app = new App();
const stack = new TerraformStack(app, "shop-front-door");
new StateBackend(stack, { bucket: "acme-tf-tokyo", prefix: "tokyo", region: TOKYO.region });
const site = new Site(stack, "Default", { ...TOKYO, name: "tokyo" });

const { clusterArn } = new RoutingControlCluster(site, "Cluster", { name: "shop" });
const panel = new RoutingControlPanel(site, "Panel", { name: "orders", clusterArn });

/** The answer of a site, and the routing control that takes it out of the answers. */
function place(name: string, { region, address, weight }: typeof SEOUL) {
  const { routingControlArn } = new RoutingControl(site, `Control-${name}`, { name: `orders-${name}`, panel });
  const children = [
    new RoutingControlHealthCheck(site, `On-${name}`, { name: `orders-${name}-on`, routingControlArn }),
    new EndpointHealthCheck(site, `Answers-${name}`, { name: `orders-${name}-answers`, ipAddress: address }),
  ];
  const healthCheck = new CalculatedHealthCheck(site, `Healthy-${name}`, { name: `orders-${name}`, children });
  return { routingControlArn, answer: { region, weight, healthCheck, target: plainValues([address]) } };
}

const [seoul, tokyo] = [place("seoul", SEOUL), place("tokyo", TOKYO)];
const controls = [seoul.routingControlArn, tokyo.routingControlArn];
const gate = new RoutingControl(site, "Gate", { name: "orders-automation", panel });
const rule = { panel, atLeast: 1, wait: Duration.seconds(5) };
new AssertionRule(site, "OneSiteOn", { ...rule, name: "one-site-on", controls });
new GatingRule(site, "Automation", { ...rule, name: "gate-open", gates: [gate.routingControlArn], targets: controls });

const { zone } = new HostedZone(site, "Zone", { name: "example.com" });
new WeightedRecords(site, "Orders", {
  name: "orders.example.com",
  zone,
  sites: { seoul: seoul.answer, tokyo: tokyo.answer },
});

app.synth();
