import { IConstruct } from "constructs";
import { checkPort } from "../aws-values";
import { checkName, inRange, plain, refuse, refuseEmpty } from "../core";
import { imageUri } from "../ecr-replication";
import { refuseRepeated } from "../site";
import { Container, ContainerHealthCheck, Containers } from "./container";
import { CONTAINER, ENVIRONMENT_VARIABLE, SCRATCH_PATH } from "./names";
import { checkSecret } from "./secret";

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html */
const MAX_CONTAINERS = 10;

/** A number or name of a user, and perhaps of a group. */
const USER = /^[\w.-]+(:[\w.-]+)?$/;

/** Refuses settings that Amazon ECS would refuse. */
export function checkContainers(scope: IConstruct, containers: Containers): void {
  const entries = Object.entries(containers);
  inRange(scope, "number of containers", entries.length, 1, MAX_CONTAINERS);
  for (const [name, container] of entries) checkContainer(scope, name, container);
  if (entries.every(([, { essential }]) => essential === false)) {
    refuse(
      scope,
      "MissingSetting",
      "no container is essential, so nothing would stop a task that has stopped working",
      "leave 'essential' out of one",
    );
  }
  refuseRepeated(
    scope,
    "containers.ports",
    entries.flatMap(([, { ports = [] }]) => ports),
  );
  for (const [name, { dependsOn = {} }] of entries) {
    for (const other of Object.keys(dependsOn)) checkDependency(scope, { name, other, containers });
  }
}

function checkContainer(scope: IConstruct, name: string, container: Container): void {
  const at = checkName(scope, "containers", name, CONTAINER);
  const {
    command = [],
    entryPoint = [],
    environment = {},
    healthCheck,
    secrets = {},
    scratchPaths = [],
    user,
  } = container;
  imageUri(scope, container.image);
  plain(scope, `containers.${at}.command`, command);
  plain(scope, `containers.${at}.entryPoint`, entryPoint);
  for (const [variable, secret] of Object.entries(secrets)) {
    checkSecret(scope, `containers.${at}.secrets.${variable}`, secret);
  }
  const variables = [...Object.keys(environment), ...Object.keys(secrets)];
  variables.forEach((variable) => checkName(scope, `containers.${at}`, variable, ENVIRONMENT_VARIABLE));
  refuseRepeated(scope, `containers.${at}.environment`, variables);
  scratchPaths.forEach((path) => checkName(scope, `containers.${at}.scratchPaths`, path, SCRATCH_PATH));
  refuseRepeated(scope, `containers.${at}.scratchPaths`, scratchPaths);
  if (user !== undefined && !USER.test(user)) {
    refuse(scope, "InvalidName", `'containers.${at}.user' must be a user, or user and group with ':', got '${user}'`);
  }
  checkNumbers(scope, at, container);
  if (healthCheck !== undefined) checkHealth(scope, at, healthCheck);
}

function checkNumbers(scope: IConstruct, name: string, { ports = [], startTimeout, stopTimeout }: Container): void {
  ports.forEach((port) => checkPort(scope, `containers.${name}.ports`, port));
  for (const [setting, value] of Object.entries({ startTimeout, stopTimeout })) {
    if (value !== undefined) inRange(scope, `containers.${name}.${setting} in seconds`, value.inSeconds, 2, 120);
  }
}

function checkHealth(scope: IConstruct, name: string, check: ContainerHealthCheck): void {
  const at = `containers.${name}.healthCheck`;
  refuseEmpty(scope, `${at}.command`, plain(scope, `${at}.command`, check.command), "give the command to run");
  const ranges: readonly (readonly [string, number | undefined, number, number])[] = [
    ["interval in seconds", check.interval?.inSeconds, 5, 300],
    ["retries", check.retries, 1, 10],
    ["startPeriod in seconds", check.startPeriod?.inSeconds, 0, 300],
    ["timeout in seconds", check.timeout?.inSeconds, 2, 60],
  ];
  for (const [setting, value, min, max] of ranges) {
    if (value !== undefined) inRange(scope, `${at}.${setting}`, value, min, max);
  }
}

function checkDependency(
  scope: IConstruct,
  { name, other, containers }: { readonly name: string; readonly other: string; readonly containers: Containers },
): void {
  const wanted = containers[name]?.dependsOn?.[other];
  const target = containers[other];
  const problems = [
    [target === undefined, "which is not a container of the task"],
    [name === other, "which is itself"],
    [wanted === "HEALTHY" && target?.healthCheck === undefined, "which has no health check to be HEALTHY by"],
    [
      (wanted === "COMPLETE" || wanted === "SUCCESS") && target?.essential !== false,
      `whose end, ${wanted}, ends the task`,
    ],
  ] as const;
  const found = problems.find(([applies]) => applies);
  if (found !== undefined) {
    refuse(scope, "ContainerDependency", `container '${name}' depends on '${other}', ${found[1]}`);
  }
}
