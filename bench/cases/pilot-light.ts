import { sideBySide } from "../measure";
import { compare, Row } from "../report";
import { compiled, plainTwin } from "../synthesised";

/** The pilot light of the README against a program that spells out every one of its resources with plain cdktf. */
export function pilotLight(): Row[] {
  const ours = compiled("examples/pilot-light/main");
  const measured = sideBySide({ ours, twin: plainTwin("pilot-light", ours) }, 31);
  const twin = { name: "written by hand", ...measured.twin };
  return compare("pilot light", measured.ours, twin, { time: 1.15, memory: 1.15 });
}
