/**
 * `npm start`: deploys the pilot light into the embedded AWS with `cdktf deploy`, and shows what then stands in each site.
 */
import { RDSClient, waitUntilDBInstanceAvailable } from "@aws-sdk/client-rds";
import { join } from "node:path";
import { adopt, cdktfDeploy, createTableReplicas, Emulator, Given, GivenTo, Terraform } from "../emulator";
import { install } from "../emulator/install";
import { globalInventory, inventory, renderInventory } from "../emulator/inventory";
import { requireTools } from "../emulator/prerequisites";
import { readOutput } from "../review/output-folder";
import { ROOT } from "./entry-points";
import { startNode, tool } from "./run";

const EXAMPLE = "pilot-light";
const OUT = join(ROOT, "cdktf.out", EXAMPLE);
const HOME = { name: "seoul", region: "ap-northeast-2" };
const STANDBY = { name: "tokyo", region: "ap-northeast-1" };
const started = Date.now();

async function main(): Promise<void> {
  requireTools("terraform", "python3");
  await Promise.all([
    step("installing the emulator (once)", () => install()),
    step(`synthesising examples/${EXAMPLE}`, () => synthesise()),
  ]);
  const emulator = await step("starting the emulator", () => Emulator.start({ quickReplicas: true }));
  try {
    await step("creating the hosted zone, which the example takes as given", () => createGiven(emulator));
    await deploy(emulator);
    const found = await step("asking the emulator what stands", () => inventory(emulator, [HOME, STANDBY]));
    console.log(`\n${renderInventory(found, await globalInventory(emulator))}\n`);
  } finally {
    await step("stopping the emulator", () => emulator.stop());
  }
}

/**
 * Every stack with the real `cdktf deploy`, each as soon as what it takes as given stands. cdktf by itself waits for whole stacks, of which
 * the provider makes long ones: it asks after a database for the first time when a minute has gone.
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
 * The replica of the table is made through the API first and imported, because Terraform's provider waits three minutes after it has
 * turned on the deletion protection of a replica.
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

function cdktf(terraform: Terraform, stack: string): Promise<unknown> {
  const options = { stacks: [stack], alone: true, onLine: (line: string) => report(stack, line) };
  return step(`cdktf deploy ${stack}`, () => cdktfDeploy(terraform, OUT, options));
}

async function step<T>(title: string, action: () => Promise<T> | T): Promise<T> {
  say(title);
  return action();
}

function say(text: string): void {
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`[${String(seconds).padStart(3)} s] ${text}`);
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

/** Of all that Terraform prints: what was made, what takes long, and what went wrong. */
function report(stack: string, line: string): void {
  const text = line.trim().replace(stack, "").trim();
  if (/Creation complete|Still creating.*[05]0s elapsed|Apply complete|Error|│/.test(text)) {
    say(`${stack.padEnd(24)} ${text.replace(/ \(Default\/[^)]*\)| \[id=.*\]/g, "")}`);
  }
}

process.once("SIGINT", () => {
  console.log("\nstopped; nothing is left running");
  process.exit(130); // ends what runs below it, see emulator/run-command.ts
});

main().catch((fault: unknown) => {
  console.error(fault instanceof Error ? fault.message : fault);
  process.exit(1); // ends what runs beside it as well
});
