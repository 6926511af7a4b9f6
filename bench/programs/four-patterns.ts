/** The shop in all four patterns. */
import { App } from "cdktf";
import { autoScaling, BackupRestore, MultiSite, PilotLight, WarmStandby } from "cdktf-aws-dr/stacks";
import { API, shop } from "./shop";

const app = new App();
const compute = { api: autoScaling({ ...API, capacity: { active: 6 } }) };
const warm = { api: autoScaling({ ...API, capacity: { active: 6, standby: 2 } }) };
new BackupRestore(app, "cold", { ...shop("cold"), compute });
new PilotLight(app, "light", { ...shop("light"), compute });
new WarmStandby(app, "warm", { ...shop("warm"), compute: warm });
new MultiSite(app, "multi", { ...shop("multi"), compute, writes: "global" });
app.synth();
