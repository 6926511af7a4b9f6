/**
 * Proves, with the real Terraform and the embedded AWS, that a drill finds nothing in stacks that use one site each. The drill leaves their
 * folders unchanged. It finds a lookup in the other region that the test adds by hand. Does not prove what a failover does to databases.
 * The tests of the pilot light and of Aurora prove the plans after it.
 */
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { App, TerraformStack } from "cdktf";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StackResult } from "../../drills/report";
import { Site, StateBackend } from "../../modules/site";
import { runDrill } from "../support/drill";

const MINUTES = 60_000;
const SEOUL = "ap-northeast-2";
const TOKYO = "ap-northeast-1";

const out = mkdtempSync(join(tmpdir(), "drilled-"));
const fileOf = (stack: string) => join(out, "stacks", stack, "cdk.tf.json");

beforeAll(() => {
  const app = new App({ outdir: out });
  for (const [name, region] of Object.entries({ seoul: SEOUL, tokyo: TOKYO })) {
    const stack = new TerraformStack(app, name);
    new StateBackend(stack, { bucket: `acme-tf-${name}`, prefix: name, region });
    const site = new Site(stack, "Default", { region, account: "999900001111", name });
    new S3Bucket(site, "Media", { bucket: `acme-media-${name}` });
  }
  app.synth();
});

afterAll(() => rmSync(out, { recursive: true }));

function clean(stack: string, region: string): StackResult {
  return { stack, outcome: "empty", asked: [region], changes: [], unanswered: [] };
}

function untouched(stack: string): StackResult {
  return { stack, outcome: "dark", asked: [], changes: [], unanswered: [] };
}

test(
  "stacks of one site each plan and apply with either region dark, and ask nothing of it",
  async () => {
    expect(await runDrill(out)).toEqual({
      given: [],
      notes: [],
      deployment: [],
      rounds: [
        { region: SEOUL, site: SEOUL, stacks: [untouched("seoul"), clean("tokyo", TOKYO)] },
        { region: TOKYO, site: TOKYO, stacks: [clean("seoul", SEOUL), untouched("tokyo")] },
      ],
      failovers: [],
      findings: [],
      code: 0,
    });
    expect(readdirSync(join(out, "stacks", "tokyo"))).toEqual(["cdk.tf.json"]);
  },
  6 * MINUTES,
);

test(
  "a lookup in the other region, put in by hand, is found, with the request",
  async () => {
    const text = readFileSync(fileOf("tokyo"), "utf8");
    const json = JSON.parse(text) as { provider: { aws: object[] }; data?: object };
    json.provider.aws.push({ alias: "abroad", region: SEOUL });
    json.data = { aws_availability_zones: { foreign: { provider: "aws.abroad" } } };
    writeFileSync(fileOf("tokyo"), JSON.stringify(json));
    const { code, findings } = await runDrill(out, [SEOUL]);
    expect({ code, findings }).toEqual({
      code: 1,
      findings: ["ap-northeast-2 dark: tokyo needs the dark region: sts GetCallerIdentity in ap-northeast-2"],
    });
  },
  6 * MINUTES,
);
