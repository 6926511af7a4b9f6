import { GLOBAL, LoggedRequest } from "../emulator";
import { StackFolder } from "../terraform";
import { hasTableReplicas, recoversByDeploying } from "./stack-facts";
import { StackResult } from "./report";

/**
 * Classifies a stack by its requests that a dark region did not answer.
 *
 * A request to another region's endpoint, or to a global one, needed a control plane in the dark region. Every plan makes such requests, so
 * they are not a fault of the stack. They stop a stack whose recovery is a deployment.
 */
export function readUnanswered(
  stack: StackFolder,
  dark: string,
  requests: readonly LoggedRequest[],
): Pick<StackResult, "outcome" | "unanswered"> {
  const ofTheRegion = requests.filter(({ region }) => region === dark);
  if (ofTheRegion.length === 0) {
    const outcome = recoversByDeploying(stack, dark) ? "cannot recover" : "no control plane";
    return { outcome, unanswered: namesOf(requests) };
  }
  const isTables = hasTableReplicas(stack) && ofTheRegion.every(({ service }) => service === "dynamodb");
  return { outcome: isTables ? "waits" : "needs the dark region", unanswered: namesOf(ofTheRegion) };
}

/** Each request once, in words: `kms DescribeKey in ap-northeast-2`, `iam GetRole`. */
export function namesOf(requests: readonly LoggedRequest[]): string[] {
  return [...new Set(requests.map(nameOf))];
}

function nameOf({ service, action, method, path, region }: LoggedRequest): string {
  const asked = `${service} ${action || `${method} ${path}`}`;
  return region === GLOBAL ? asked : `${asked} in ${region}`;
}
