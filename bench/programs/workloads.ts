/** As many pilot lights as asked in one app. */
import { App } from "cdktf";
import { autoScaling, PilotLight } from "cdktf-aws-dr/stacks";
import { API, shop } from "./shop";

const count = Number(process.argv[2]);

const app = new App();
for (let index = 1; index <= count; index++) {
  const name = `shop${index}`;
  new PilotLight(app, name, { ...shop(name), compute: { api: autoScaling({ ...API, capacity: { active: 6 } }) } });
}
app.synth();
