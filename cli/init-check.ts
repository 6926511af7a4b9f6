import { App } from "cdktf";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DrError } from "../modules/core";
import {
  autoScaling,
  BackupRestore,
  bucket,
  dns,
  Duration,
  MultiSite,
  PilotLight,
  ssmImage,
  WarmStandby,
  Workload,
  WorkloadProps,
} from "../stacks";
import { WrongUse } from "../terraform";
import { PageOptions } from "./init-page";

/** Lets the library check the options before the files are written, as `cdktf synth` will check the written program. */
export function checkPage(page: PageOptions): void {
  const outdir = mkdtempSync(join(tmpdir(), "init-"));
  try {
    createWorkload(new App({ outdir }), page);
  } catch (fault) {
    if (fault instanceof DrError) throw new WrongUse(`${fault.problem}; ${fault.remedy}`);
    throw fault;
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function createWorkload(app: App, { pattern, name, sites, state, zone }: PageOptions): Workload {
  const places = Object.entries(sites).map(([site, place]) => [
    site,
    { ...place, state: { bucket: `${state}-${site}` } },
  ]);
  const group = { image: ssmImage("/aws/service/ami"), instanceType: "m7g.large" };
  const props = {
    sites: Object.fromEntries(places) as WorkloadProps["sites"],
    objectives: { rto: Duration.hours(8), rpo: Duration.hours(1) },
    data: { receipts: bucket() },
    compute: { api: autoScaling({ ...group, capacity: { active: 1 } }) },
    frontDoor: dns({ zone, record: name, stateIn: Object.keys(sites)[1] }),
  };
  switch (pattern) {
    case "backup-restore":
      return new BackupRestore(app, name, props);
    case "pilot-light":
      return new PilotLight(app, name, props);
    case "warm-standby":
      return new WarmStandby(app, name, {
        ...props,
        compute: { api: autoScaling({ ...group, capacity: { active: 1, standby: 1 } }) },
      });
    case "multi-site":
      return new MultiSite(app, name, { ...props, writes: "global" });
  }
}
