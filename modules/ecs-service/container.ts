import { ContainerImage } from "../ecr-replication";
import { Duration } from "../core";
import { Secret } from "./secret";

/** State that a container must reach before another one starts. */
export type ContainerCondition = "START" | "COMPLETE" | "SUCCESS" | "HEALTHY";

/** Health check that Fargate runs inside a container. */
export interface ContainerHealthCheck {
  /** Command and arguments, run in the container; or a single text for its shell. An exit code of 0 means healthy. */
  readonly command: readonly string[];
  /**
   * Time between two checks, 5 to 300 seconds.
   *
   * @default Duration.seconds(30)
   */
  readonly interval?: Duration;
  /**
   * Failures in a row after which the container is unhealthy, 1 to 10.
   *
   * @default 3
   */
  readonly retries?: number;
  /**
   * Time after the start in which failures do not count, up to 300 seconds.
   *
   * @default Duration.seconds(0)
   */
  readonly startPeriod?: Duration;
  /**
   * Time after which a check has failed, 2 to 60 seconds.
   *
   * @default Duration.seconds(5)
   */
  readonly timeout?: Duration;
}

/** A container of a task. */
export interface Container {
  /** Image of the container: `siteImage`, which works in every site, or `registryImage`. */
  readonly image: ContainerImage;
  /**
   * Arguments, instead of the image's.
   *
   * @default - the image's
   */
  readonly command?: readonly string[];
  /**
   * CPU units of the task's that the container has when all are busy.
   *
   * @default - containers share
   */
  readonly cpu?: number;
  /**
   * Containers that must reach a state before this one starts, by their name.
   *
   * @default - none
   */
  readonly dependsOn?: Readonly<Record<string, ContainerCondition>>;
  /**
   * Program, instead of the image's.
   *
   * @default - the image's
   */
  readonly entryPoint?: readonly string[];
  /**
   * Variables. Every principal that may describe task definitions can read them: pass no secrets.
   *
   * @default - none
   */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * Whether the task stops when the container does.
   *
   * @default true
   */
  readonly essential?: boolean;
  /**
   * Health check of the container, in addition to that of a load balancer.
   *
   * @default - it works while it runs
   */
  readonly healthCheck?: ContainerHealthCheck;
  /**
   * Most memory in MiB the container may take before it is ended.
   *
   * @default - the task's
   */
  readonly memoryMiB?: number;
  /**
   * TCP ports it listens on.
   *
   * @default - none
   */
  readonly ports?: readonly number[];
  /**
   * Folders it may write, for example `/tmp`. They are empty when it starts. It cannot write its root file system.
   *
   * @default - none
   */
  readonly scratchPaths?: readonly string[];
  /**
   * Variables whose values are secrets of the site.
   *
   * @default - none
   */
  readonly secrets?: Readonly<Record<string, Secret>>;
  /**
   * Time a container it depends on may take, 2 to 120 seconds.
   *
   * @default - three minutes, Fargate's own
   */
  readonly startTimeout?: Duration;
  /**
   * Time between the stop signal and the forced end of the container, 2 to 120 seconds. AWS warns a Spot task two minutes before its end.
   *
   * @default Duration.seconds(30)
   */
  readonly stopTimeout?: Duration;
  /**
   * User, and perhaps group, it runs as: `"1000"` or `"1000:1000"`.
   *
   * @default - the image's, which is root unless the image says otherwise
   */
  readonly user?: string;
  /**
   * Folder its program starts in.
   *
   * @default - the image's
   */
  readonly workingDirectory?: string;
  /**
   * Lets it write its root file system, as commands that people run in it need (`executeCommand`).
   *
   * @default false
   */
  readonly writableRootFileSystem?: boolean;
}

/** The containers of a task by name. */
export type Containers = Readonly<Record<string, Container>>;

/** Name of the volume behind a scratch path: each container has its own. */
export function scratchVolume(container: string, path: string): string {
  return `${container}${path.replace(/[/.]/g, "-")}`;
}
