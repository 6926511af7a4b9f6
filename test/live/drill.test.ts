/**
 * Proves, with the real Terraform and the embedded AWS, that a drill finds nothing in stacks of one site each, leaves their folders as they
 * were, and finds a reference to the other site that was put in by hand. Does not prove what a failover does to databases: the test of the
 * pilot light and the one of Aurora have that.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { drill } from "../../drills/drill";
import { DrillReport } from "../../drills/report";
import { SERVER_FOLDER } from "../../emulator/install";
import { removeRun, runExample } from "../support/examples";

const MINUTES = 60_000;
const SEOUL = "ap-northeast-2";
const TOKYO = "ap-northeast-1";

let out: string;

beforeAll(async () => {
  out = await runExample("s3-pair");
}, MINUTES);

afterAll(() => removeRun(out));

/** What became of each stack with a region dark. */
function outcomes({ rounds }: DrillReport): Record<string, Record<string, string>> {
  const ofRound = ({ site, stacks }: DrillReport["rounds"][number]) => {
    return [site, Object.fromEntries(stacks.map(({ stack, outcome }) => [stack, outcome]))] as const;
  };
  return Object.fromEntries(rounds.map(ofRound));
}

function run(dark: readonly string[] = []): Promise<DrillReport> {
  return drill({ out, dark, cache: SERVER_FOLDER }, () => undefined);
}

test(
  "stacks of one site each plan and apply with either region dark",
  async () => {
    const report = await run();
    expect(report.findings).toEqual([]);
    expect(report.code).toBe(0);
    expect(outcomes(report)).toEqual({
      [SEOUL]: {
        "media-seoul": "dark",
        "media-seoul-replication": "dark",
        "media-tokyo": "empty",
        "media-tokyo-replication": "empty",
      },
      [TOKYO]: {
        "media-seoul": "empty",
        "media-seoul-replication": "empty",
        "media-tokyo": "dark",
        "media-tokyo-replication": "dark",
      },
    });
    const asked = report.rounds[0]!.stacks.map((one) => one.asked);
    expect(asked).toEqual([[], [], [TOKYO, "global"], [TOKYO, "global"]]);
    expect(readdirSync(join(out, "stacks", "media-tokyo"))).toEqual(["cdk.tf.json"]);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith("cdktf-aws-dr-drill-"))).toEqual([]);
  },
  10 * MINUTES,
);

test(
  "a lookup in the other region, put in by hand, is found, with the request",
  async () => {
    const file = join(out, "stacks", "media-tokyo", "cdk.tf.json");
    const text = readFileSync(file, "utf8");
    const json = JSON.parse(text) as { provider: { aws: object[] }; data?: object };
    json.provider.aws.push({ alias: "abroad", region: SEOUL });
    json.data = { aws_s3_bucket: { foreign: { provider: "aws.abroad", bucket: "acme-archive-seoul" } } };
    writeFileSync(file, JSON.stringify(json));
    try {
      const report = await run([SEOUL]);
      expect(report.code).toBe(1);
      expect(outcomes(report)[SEOUL]).toMatchObject({
        "media-tokyo": "needs the dark region",
        "media-tokyo-replication": "empty",
      });
      expect(report.findings).toEqual([
        expect.stringMatching(/^ap-northeast-2 dark: media-tokyo needs the dark region: s3 HEAD .* in ap-northeast-2/),
      ]);
    } finally {
      writeFileSync(file, text);
    }
  },
  10 * MINUTES,
);
