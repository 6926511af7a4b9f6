import { IConstruct } from "constructs";
import { inRange, isKnown, plain, refuse } from "../core";

/** CPU and memory of a task on Fargate. */
export interface TaskSize {
  /** CPU units: 1024 are a virtual CPU. 256, 512, 1024, 2048, 4096, 8192 or 16384. */
  readonly cpu: number;
  /** Memory in MiB. The CPU decides which sizes are available. */
  readonly memoryMiB: number;
}

const GIB = 1_024;

/**
 * Memory by CPU units: from, to, and the step between, all in MiB. 256 units take 512 MiB as well.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size
 */
const MEMORY: Readonly<Record<number, { readonly min: number; readonly max: number; readonly step: number }>> = {
  256: { min: GIB, max: 2 * GIB, step: GIB },
  512: { min: GIB, max: 4 * GIB, step: GIB },
  1024: { min: 2 * GIB, max: 8 * GIB, step: GIB },
  2048: { min: 4 * GIB, max: 16 * GIB, step: GIB },
  4096: { min: 8 * GIB, max: 30 * GIB, step: GIB },
  8192: { min: 16 * GIB, max: 60 * GIB, step: 4 * GIB },
  16384: { min: 32 * GIB, max: 120 * GIB, step: 8 * GIB },
};

/** Fargate offers only certain pairs of CPU and memory. */
export function checkTaskSize(scope: IConstruct, { cpu, memoryMiB }: TaskSize): void {
  plain(scope, "cpu", cpu);
  plain(scope, "memoryMiB", memoryMiB);
  const offered = MEMORY[cpu];
  if (offered === undefined) {
    refuse(scope, "TaskSizeNotOffered", `'cpu' must be one of ${Object.keys(MEMORY).join(", ")}, got ${cpu}`);
  }
  const { min, max, step } = offered;
  const fits = memoryMiB >= min && memoryMiB <= max && memoryMiB % step === 0;
  if (!fits && !(cpu === 256 && memoryMiB === 512)) {
    const smallest = cpu === 256 ? `512, or ${min}` : String(min);
    refuse(
      scope,
      "TaskSizeNotOffered",
      `'memoryMiB' must be ${smallest} to ${max} in steps of ${step} for ${cpu} CPU units, got ${memoryMiB}`,
    );
  }
}

/** Refuses containers that reserve more than their task has. */
export function checkShares(
  scope: IConstruct,
  task: TaskSize,
  containers: Readonly<Record<string, Partial<TaskSize>>>,
): void {
  for (const resource of ["cpu", "memoryMiB"] as const) {
    const shares = Object.entries(containers).flatMap(([name, { [resource]: share }]) => {
      return share === undefined ? [] : [inRange(scope, `containers.${name}.${resource}`, share, 1, task[resource])];
    });
    const sum = shares.filter(isKnown).reduce((total, share) => total + share, 0);
    if (sum > task[resource]) {
      refuse(
        scope,
        "SettingOutOfRange",
        `the '${resource}' of all containers must be at most the task's ${task[resource]}, got ${sum}`,
      );
    }
  }
}
