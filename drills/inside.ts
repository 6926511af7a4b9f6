/** The part of a drill that has no network; see isolation.ts, which starts it. */
import { readFileSync, writeFileSync } from "node:fs";
import { Deployment, Emulator, Terraform } from "../emulator";
import { Progress } from "../terraform";
import { Job, jobFile, Result, resultFile } from "./isolation";
import { DrillReport } from "./report";
import { Rounds } from "./rounds";

/** Terraform has fetched the providers already, into each stack's folder, and must look for them there alone. */
const FETCHED = {
  providers: { cliConfigFile: undefined, mirror: undefined },
  initArguments: ["-plugin-dir=.terraform/providers"],
};

async function rehearse({ stacks, places, account, cache, notes }: Job): Promise<DrillReport> {
  const progress = new Progress((line) => process.stdout.write(`${line}\n`));
  progress.say("starting the emulator");
  const emulator = await Emulator.start({ account, installIn: cache, quickReplicas: true });
  try {
    const terraform = new Terraform(emulator, FETCHED);
    return await new Rounds(emulator, new Deployment(terraform), stacks, progress).run(places, notes);
  } finally {
    await emulator.stop();
  }
}

const folder = process.argv[2]!;
const end = (result: Result): void => writeFileSync(resultFile(folder), JSON.stringify(result));
rehearse(JSON.parse(readFileSync(jobFile(folder), "utf8")) as Job).then(
  (report) => end({ report }),
  (fault: unknown) => end({ fault: (fault as Error).message }),
);
