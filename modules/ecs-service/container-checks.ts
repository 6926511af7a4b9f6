import { IConstruct } from "constructs";
import { checkName, inRange, plain, refuse } from "../core";
import { imageUri } from "../ecr-replication";
import { Container, ContainerHealthCheck, Containers } from "./container";
import { CONTAINER, ENVIRONMENT_VARIABLE, SCRATCH_PATH } from "./names";
import { checkSecret } from "./secret";

/** @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html */
const MAX_CONTAINERS = 10;

/** A number or name of a user, and perhaps of a group. */
const USER = /^[\w.-]+(:[\w.-]+)?$/;

/**
 * Refuses what Amazon ECS would.
 *
 * @throws InvalidName, InvalidArn, ArnOfOtherRegion, ImageInOtherRegion, SettingOutOfRange, ConflictingSettings, MissingSetting,
 * RepeatedItem, ContainerDependency, TokenForPlainString
 */
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
  refuseTwice(
    scope,
    "ports of the task",
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
  refuseTwice(scope, `variables of container '${at}'`, variables);
  scratchPaths.forEach((path) => checkName(scope, `containers.${at}.scratchPaths`, path, SCRATCH_PATH));
  refuseTwice(scope, `scratch paths of container '${at}'`, scratchPaths);
  if (user !== undefined && !USER.test(user)) {
    refuse(scope, "InvalidName", `'containers.${at}.user' must be a user, or user and group with ':', got '${user}'`);
  }
  checkNumbers(scope, at, container);
  if (healthCheck !== undefined) checkHealth(scope, at, healthCheck);
}

function checkNumbers(scope: IConstruct, name: string, { ports = [], startTimeout, stopTimeout }: Container): void {
  ports.forEach((port) => inRange(scope, `containers.${name}.ports`, port, 1, 65_535));
  for (const [setting, value] of Object.entries({ startTimeout, stopTimeout })) {
    if (value !== undefined) inRange(scope, `containers.${name}.${setting} in seconds`, value.inSeconds, 2, 120);
  }
}

function checkHealth(scope: IConstruct, name: string, check: ContainerHealthCheck): void {
  const at = `containers.${name}.healthCheck`;
  if (plain(scope, `${at}.command`, check.command).length === 0)
    refuse(scope, "MissingSetting", `'${at}.command' is empty`, "give what is to be run");
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
    [target === undefined, "which is no container of the task"],
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

function refuseTwice(scope: IConstruct, what: string, items: readonly (string | number)[]): void {
  const repeated = items.find((item, index) => items.indexOf(item) !== index);
  if (repeated !== undefined) refuse(scope, "RepeatedItem", `the ${what} name '${repeated}' twice`);
}
