/**
 * Seoul answers `orders` until you trip the switch in Tokyo. Both sites answer `catalog` until one of them evacuates
 * the other. The switches are in the sites. Records and health checks are in a stack that keeps its state in Tokyo. A
 * failover changes no record.
 */
import { App, TerraformStack } from "cdktf";
import {
  AlarmHealthCheck,
  EvacuationSwitch,
  FailoverRecords,
  FailoverSwitch,
  HostedZone,
  LatencyRecords,
  plainValues,
} from "../../modules/route53-failover";
import { Site, StateBackend } from "../../modules/site";

const account = "111122223333";
const SEOUL = { name: "seoul", region: "ap-northeast-2", account, target: plainValues(["198.51.100.10"]) };
const TOKYO = { name: "tokyo", region: "ap-northeast-1", account, target: plainValues(["203.0.113.10"]) };

const app = new App();
/** A stack of one site, which keeps its state. */
function inSite({ name, region }: typeof SEOUL, job: string): Site {
  const stack = new TerraformStack(app, `shop-${job}`);
  new StateBackend(stack, { bucket: `acme-tf-${name}`, prefix: name, region });
  return new Site(stack, "Default", { name, region, account });
}

const seoul = inSite(SEOUL, "seoul");
const tokyo = inSite(TOKYO, "tokyo");
new FailoverSwitch(tokyo, "Failover", { workload: "orders" });
new EvacuationSwitch(seoul, "Evacuate", { workload: "catalog", evacuates: TOKYO });
new EvacuationSwitch(tokyo, "Evacuate", { workload: "catalog", evacuates: SEOUL });

const front = inSite(TOKYO, "front-door");
const { zone } = new HostedZone(front, "Zone", { name: "example.com" });
const untripped = new AlarmHealthCheck(front, "TokyoTakesOver", {
  name: "orders-tokyo-untripped",
  alarm: FailoverSwitch.refOf({ ...TOKYO, workload: "orders", site: "tokyo" }),
});
new FailoverRecords(front, "Orders", {
  name: "orders.example.com",
  zone,
  primary: { ...SEOUL, site: "seoul", healthCheck: untripped },
  secondary: { ...TOKYO, site: "tokyo" },
});

/** The answer of a site, until the other site takes it out. */
function answer(site: typeof SEOUL, other: typeof SEOUL) {
  const alarm = EvacuationSwitch.refOf({ ...other, workload: "catalog", evacuates: site.name });
  return {
    ...site,
    healthCheck: new AlarmHealthCheck(front, `Stays-${site.name}`, { name: `${site.name}-stays`, alarm }),
  };
}
const sites = { seoul: answer(SEOUL, TOKYO), tokyo: answer(TOKYO, SEOUL) };
new LatencyRecords(front, "Catalog", { name: "catalog.example.com", zone, sites });

app.synth();
