import { join } from "node:path";
import { sideBySide } from "../measure";
import { installRivals } from "../prepare";
import { compare, Row } from "../report";
import { compiled } from "../synthesised";

const LIMITS = { time: 0.25, memory: 1 / 3 };

/** A bucket pair, a key and a global table over two regions, once and a hundred times, against AWS CDK. */
export function cdk(): Row[] {
  const rivals = installRivals();
  return ["1", "100"].flatMap((count) => {
    const cdkApp = { args: [join(rivals, "replicated-stores.js"), count], cwd: rivals };
    const measured = sideBySide({
      ours: compiled("bench/programs/replicated-stores", count),
      cdk: cdkApp,
      bare: { ...cdkApp, env: { CDK_VALIDATION: "false" } },
    });
    const what = `bucket pair, keys, global table x ${count}`;
    return [
      ...compare(what, measured.ours, { name: "AWS CDK", ...measured.cdk }, LIMITS),
      ...compare(what, measured.ours, { name: "AWS CDK, validation off", ...measured.bare }, {}),
    ];
  });
}
