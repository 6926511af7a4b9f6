/**
 * Two names over Seoul and Tokyo. `orders` is answered by Seoul until Tokyo's switch is tripped; `catalog` by both at once, until either
 * evacuates the other. Switches stand in the sites, records and health checks in a stack whose state Tokyo keeps: a failover changes
 * no record.
 */
import { App, TerraformStack } from "cdktf";
import { SiteCertificate } from "../../modules/certificates";
import { Duration } from "../../modules/core";
import {
  AlarmHealthCheck,
  CalculatedHealthCheck,
  EndpointHealthCheck,
  EvacuationSwitch,
  FailoverRecords,
  FailoverSwitch,
  HostedZone,
  plainValues,
  WeightedRecords,
} from "../../modules/route53-failover";
import { Site, StateBackend } from "../../modules/site";

const SITES = {
  seoul: { region: "ap-northeast-2", account: "111122223333", address: "198.51.100.10", other: "tokyo" },
  tokyo: { region: "ap-northeast-1", account: "111122223333", address: "203.0.113.10", other: "seoul" },
} as const;
type SiteName = keyof typeof SITES;
const NAMES = Object.keys(SITES) as SiteName[];
const ZONE = { name: "example.com" };

const app = new App();

/** A stack of one site, which keeps its state. */
function inSite(name: SiteName, job: string): Site {
  const stack = new TerraformStack(app, `shop-${job}`);
  const { region, account } = SITES[name];
  new StateBackend(stack, { bucket: `acme-tf-${name}`, prefix: name, region });
  return new Site(stack, "Default", { name, region, account });
}

const zoneSite = inSite("tokyo", "zone");
new HostedZone(zoneSite, "Zone", ZONE);

const sites = NAMES.map((name) => {
  const site = inSite(name, name);
  const zone = HostedZone.lookup(site, "Zone", ZONE);
  new SiteCertificate(site, "Certificate", {
    name: `shop-${name}`,
    domainName: "orders.example.com",
    alternativeNames: ["catalog.example.com", "*.catalog.example.com"],
    keyAlgorithm: "EC_prime256v1",
    zone,
  });
  const { other } = SITES[name];
  new EvacuationSwitch(site, "Evacuation", {
    workload: "catalog",
    evacuates: { name: other, region: SITES[other].region },
  });
  if (name === "tokyo") new FailoverSwitch(site, "Failover", { workload: "orders" });
  return site;
});

const front = inSite("tokyo", "front-door");
const zone = HostedZone.lookup(front, "Zone", ZONE);

new FailoverRecords(front, "Orders", {
  name: "orders.example.com",
  zone,
  rto: Duration.minutes(5),
  primary: {
    site: "seoul",
    region: SITES.seoul.region,
    target: plainValues([SITES.seoul.address]),
    healthCheck: new AlarmHealthCheck(front, "TokyoTakesOver", {
      name: "orders-tokyo-untripped",
      alarm: FailoverSwitch.refOf({ ...SITES.tokyo, workload: "orders", site: "tokyo" }),
    }),
  },
  secondary: { site: "tokyo", target: plainValues([SITES.tokyo.address]) },
});

/** Healthy while the site answers, and the other has not taken it out. */
function stays(name: SiteName): CalculatedHealthCheck {
  const { address, other } = SITES[name];
  return new CalculatedHealthCheck(front, `Stays-${name}`, {
    name: `catalog-${name}`,
    children: [
      new EndpointHealthCheck(front, `Answers-${name}`, {
        name: `catalog-${name}-answers`,
        ipAddress: address,
        domainName: "catalog.example.com",
        path: "/health",
        requestIntervalSeconds: 10,
      }),
      new AlarmHealthCheck(front, `Evacuated-${name}`, {
        name: `catalog-${name}-not-evacuated`,
        alarm: EvacuationSwitch.refOf({ ...SITES[other], workload: "catalog", evacuates: name }),
      }),
    ],
  });
}

const answers = NAMES.map((name) => {
  const { region, address } = SITES[name];
  return [name, { region, target: plainValues([address]), weight: 100, healthCheck: stays(name) }] as const;
});
new WeightedRecords(front, "Catalog", {
  name: "catalog.example.com",
  zone,
  rto: Duration.minutes(5),
  sites: Object.fromEntries(answers),
});

for (const site of [...sites, front]) TerraformStack.of(site).addDependency(TerraformStack.of(zoneSite));
for (const site of sites) TerraformStack.of(front).addDependency(TerraformStack.of(site));

app.synth();
