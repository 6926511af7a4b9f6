/**
 * `npm start`: deploys the pilot light into the embedded AWS with `cdktf deploy`, and then shows the resources of each site.
 */
import { RDSClient, waitUntilDBInstanceAvailable } from "@aws-sdk/client-rds";
import { join } from "node:path";
import {
  adopt,
  cdktfDeploy,
  createTableReplicas,
  Emulator,
  Given,
  GivenTo,
  globalInventory,
  install,
  inventory,
  renderInventory,
  Terraform,
} from "../emulator";
import { endWhenInterrupted, Progress, readOutput, requireTools, timed, unlessInterrupted } from "../terraform";
import { ROOT } from "./entry-points";
import { startNode, tool } from "./run";
import { useTemporaryFolder } from "./temporary-folder";

const EXAMPLE = "pilot-light";
const OUT = join(ROOT, "cdktf.out", EXAMPLE);
const HOME = { name: "seoul", region: "ap-northeast-2" };
const STANDBY = { name: "tokyo", region: "ap-northeast-1" };
const progress = new Progress(timed(console.log));

async function main(): Promise<void> {
  requireTools("node", "terraform", "python3");
  progress.say("this takes about 4 minutes, and a minute more the first time");
  await Promise.all([
    step("installing the emulator (once)", () => install()),
    step(`synthesising examples/${EXAMPLE}`, () => synthesise()),
  ]);
  // a provider that is killed leaves its socket behind
  const removeTemporary = useTemporaryFolder();
  const emulator = await step("starting the emulator", () => Emulator.start({ quickReplicas: true }));
  try {
    await step("creating the hosted zone, which the example takes as given", () => createGiven(emulator));
    await deploy(emulator);
    const found = await step("reading what each site has", () => inventory(emulator, [HOME, STANDBY]));
    console.log(`\n${renderInventory(found, await globalInventory(emulator))}\n`);
  } finally {
    await step("stopping the emulator", () => emulator.stop());
    removeTemporary();
  }
}

/**
 * Deploys every stack with the real `cdktf deploy`, as soon as the resources that it needs exist. By itself, cdktf waits for whole stacks.
 * That takes long, because the provider waits for a minute before it asks for the state of a database.
 */
async function deploy(emulator: Emulator): Promise<void> {
  const terraform = new Terraform(emulator);
  await Promise.all([
    cdktf(terraform, "orders-seoul"),
    sourceDatabase(emulator).then(() => cdktf(terraform, "orders-tokyo")),
  ]);
  await Promise.all([cdktf(terraform, "orders-front-door"), deployReplication(emulator, terraform)]);
}

async function sourceDatabase(emulator: Emulator): Promise<void> {
  const client = new RDSClient(emulator.sdkConfig(HOME.region));
  const patience = { client, minDelay: 2, maxDelay: 2, maxWaitTime: 300 };
  await waitUntilDBInstanceAvailable(patience, { DBInstanceIdentifier: `orders-ledger-${HOME.name}` });
  client.destroy();
}

/**
 * Creates the replica of the table through the API first and imports it. Otherwise, Terraform's provider would wait three minutes after it
 * turns on the replica's deletion protection.
 */
async function deployReplication(emulator: Emulator, terraform: Terraform): Promise<void> {
  await cdktf(terraform, "orders-seoul-replication");
  const standby = "orders-tokyo-replication";
  const dir = join(OUT, "stacks", standby);
  await adopt(
    await terraform.stack(dir),
    () => createTableReplicas(emulator, dir),
    () => cdktf(terraform, standby),
  );
}

let deployed = 0;

async function cdktf(terraform: Terraform, stack: string): Promise<void> {
  const options = { stacks: [stack], alone: true, onLine: (line: string) => reportError(stack, line) };
  await step(`deploying ${stack} with cdktf`, () => cdktfDeploy(terraform, OUT, options));
  deployed += 1;
  progress.say(`deployed ${stack} (${deployed} of ${readOutput(OUT).length})`);
}

function step<T>(title: string, action: () => Promise<T>): Promise<T> {
  return progress.during(title, action);
}

async function createGiven(emulator: Emulator): Promise<void> {
  const given = new Given(emulator);
  const stacks = readOutput(OUT).map(({ json }) => json as GivenTo);
  for (const stack of stacks) await given.plant(stack, stacks);
}

async function synthesise(): Promise<void> {
  if ((await startNode([tool("tsx/dist/cli.mjs"), "scripts/synth.ts", EXAMPLE])) !== 0) {
    throw new Error(`examples/${EXAMPLE} does not synthesise`);
  }
}

/** The error lines in Terraform's output. The other lines report progress, which this program prints itself. */
function reportError(stack: string, line: string): void {
  const text = line.trim().replace(stack, "").trim();
  if (/Error|│/.test(text)) progress.say(`${stack}: ${text}`);
}

// a warning about the AWS clients of this project would only confuse the reader
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
endWhenInterrupted();
main().catch(async (fault: unknown) => {
  await unlessInterrupted();
  console.error(fault instanceof Error ? fault.message : fault);
  process.exit(1); // also ends the commands that run at the same time
});
