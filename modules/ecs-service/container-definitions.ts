import { Fn, Token } from "cdktf";
import { IConstruct } from "constructs";
import { literalText } from "../core";
import { imageUri } from "../ecr-replication";
import { Site } from "../site";
import { Container, ContainerHealthCheck, Containers, scratchVolume } from "./container";
import { valueFrom } from "./secret";

/** @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html */
const HEALTH_DEFAULTS = { intervalSeconds: 30, retries: 3, startPeriodSeconds: 0, timeoutSeconds: 5 };

const DEFAULT_STOP_SECONDS = 30; // Fargate's own

/** Log buffer of a container in memory. When it is full, the oldest lines are dropped. */
const LOG_BUFFER = "25m";

/**
 * The containers as JSON, with the defaults that Amazon ECS would add. Logs never block a container. While CloudWatch Logs does not
 * respond, the container runs on and loses log lines.
 *
 * @see https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
 */
export function containerDefinitions(scope: IConstruct, containers: Containers, logGroupName: string): string {
  return encode(
    Object.entries(containers).map(([name, container]) => ({
      ...program(scope, name, container),
      ...surroundings(scope, name, container),
      logConfiguration: {
        logDriver: "awslogs",
        options: {
          "awslogs-group": logGroupName,
          "awslogs-region": Site.of(scope).region,
          "awslogs-stream-prefix": name,
          mode: "non-blocking",
          "max-buffer-size": LOG_BUFFER,
        },
      },
    })),
  );
}

/** The program that runs. */
function program(scope: IConstruct, name: string, container: Container) {
  const { dependsOn = {}, startTimeout, stopTimeout } = container;
  return {
    name,
    image: imageUri(scope, container.image),
    essential: container.essential ?? true,
    cpu: container.cpu ?? 0,
    memory: container.memoryMiB,
    command: container.command,
    entryPoint: container.entryPoint,
    workingDirectory: container.workingDirectory,
    user: container.user,
    dependsOn: Object.entries(dependsOn).map(([containerName, condition]) => ({ containerName, condition })),
    healthCheck: container.healthCheck && health(container.healthCheck),
    startTimeout: startTimeout?.inSeconds,
    stopTimeout: stopTimeout?.inSeconds ?? DEFAULT_STOP_SECONDS,
    linuxParameters: { initProcessEnabled: true },
  };
}

/** The environment of the program. */
function surroundings(scope: IConstruct, name: string, container: Container) {
  const { environment = {}, ports = [], scratchPaths = [], secrets = {}, writableRootFileSystem = false } = container;
  const site = Site.of(scope);
  return {
    readonlyRootFilesystem: !writableRootFileSystem,
    portMappings: ports.map((port) => ({ containerPort: port, hostPort: port, protocol: "tcp" })),
    environment: sorted(environment).map(([variable, value]) => ({ name: variable, value })),
    secrets: sorted(secrets).map(([variable, secret]) => ({ name: variable, valueFrom: valueFrom(site, secret) })),
    mountPoints: scratchPaths.map((path) => ({
      sourceVolume: scratchVolume(name, path),
      containerPath: path,
      readOnly: false,
    })),
    volumesFrom: [],
    systemControls: [],
  };
}

function health({ command, interval, retries, startPeriod, timeout }: ContainerHealthCheck) {
  return {
    command: command.length === 1 ? ["CMD-SHELL", ...command] : ["CMD", ...command],
    interval: interval?.inSeconds ?? HEALTH_DEFAULTS.intervalSeconds,
    retries: retries ?? HEALTH_DEFAULTS.retries,
    startPeriod: startPeriod?.inSeconds ?? HEALTH_DEFAULTS.startPeriodSeconds,
    timeout: timeout?.inSeconds ?? HEALTH_DEFAULTS.timeoutSeconds,
  };
}

/** In Amazon ECS's order, so that a plan does not depend on the program's. */
function sorted<T>(byName: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(byName).sort(([a], [b]) => (a < b ? -1 : 1));
}

/**
 * Terraform must not evaluate a shell's `${…}`. If a value contains a token, only Terraform can encode the JSON. cdktf does not escape
 * quotes, backslashes and `%{` in a text, so this function does.
 */
function encode(definitions: readonly object[]): string {
  const json = JSON.stringify(definitions);
  if (!Token.isUnresolved(json)) return literalText(json);
  const escaped: unknown = JSON.parse(json, (_, value: unknown) => {
    return typeof value === "string" ? value.replace(/["\\]/g, "\\$&").replace(/%(?=\{)/g, "%%") : value;
  });
  return Fn.jsonencode(escaped);
}
