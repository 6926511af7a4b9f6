/**
 * `npm run aws-calls`: writes `modules/core/model/aws-calls.ts` from AWS's service models. The emulator's Python has them.
 * `test/emulator/aws-calls.test.ts` fails if the file is old.
 */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { install } from "../../emulator/install";
import { AwsCall } from "../../modules/core/model";
import { API_CALLS } from "../../modules/core/model/api-calls";
import { sdkAction, sdkError, sdkMember, sdkService } from "../../modules/core/model/sdk-names";
import { ROOT } from "../entry-points";
import { wrapped } from "../wrapped";
import { CONFIRMED } from "./confirmed";

/** A call as AWS's model describes it. */
interface ModelledCall {
  readonly serviceId: string;
  readonly parameters: readonly string[];
  readonly required: readonly string[];
  /** Names of all structure members in parameters and answer. */
  readonly members: readonly string[];
  /** Members whose keys are data, not names. */
  readonly dataKeys: readonly string[];
  readonly errors: readonly string[];
}

export const FILE = "modules/core/model/aws-calls.ts";

/** The text of the generated file. */
export async function awsCallsFile(): Promise<string> {
  const calls = await models();
  return [
    "/** Made from AWS's service models by `npm run aws-calls`. Do not edit. */",
    'import { AwsCall } from "./aws-call";',
    "",
    "/** Names of the members that the AWS SDK for Java, and so Step Functions, spells otherwise than the API. */",
    "// prettier-ignore",
    "export const SDK_MEMBERS: Readonly<Record<string, string>> = {",
    ...rows(renamed(calls)),
    "};",
    "",
    "/** Every call that a procedure of this library makes. */",
    "// prettier-ignore",
    "export const AWS_CALLS: Readonly<Record<string, AwsCall>> = {",
    ...rows(callsOf(calls)),
    "};",
    "",
  ].join("\n");
}

function rows(table: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(table).map(([name, value]) => wrapped(`  "${name}": ${written(value)},`));
}

function written(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(written).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([name, one]) => `${name}: ${written(one)}`)
    .join(", ")} }`;
}

async function models(): Promise<Readonly<Record<string, ModelledCall>>> {
  const input = JSON.stringify(API_CALLS);
  const program = join(ROOT, "scripts/aws-calls/read_models.py");
  return JSON.parse(execFileSync(await install(), [program], { input, encoding: "utf8", maxBuffer: 1e8 })) as Readonly<
    Record<string, ModelledCall>
  >;
}

function renamed(calls: Readonly<Record<string, ModelledCall>>): Readonly<Record<string, string>> {
  const members = [...new Set(Object.values(calls).flatMap((call) => call.members))].sort();
  const names = members.map((member): [string, string] => [member, sdkMember(member)]);
  return Object.fromEntries(names.filter(([member, name]) => member !== name));
}

function callsOf(calls: Readonly<Record<string, ModelledCall>>): Readonly<Record<string, AwsCall>> {
  return Object.fromEntries<AwsCall>(
    Object.entries(calls).map(([api, { serviceId, parameters, required, dataKeys, errors }]) => {
      const service = sdkService(serviceId);
      const action = sdkAction(api.split(":")[1]!);
      const call: AwsCall = {
        service,
        resource: `${service.toLowerCase()}:${action}`,
        parameters,
        ...(required.length > 0 && { required }),
        ...(dataKeys.length > 0 && { dataKeys }),
        errors: Object.fromEntries(errors.map((error) => [error, sdkError(service, error)])),
        ...(CONFIRMED[api] !== undefined && { confirmed: CONFIRMED[api] }),
      };
      return [api, call];
    }),
  );
}

if (require.main === module) {
  void awsCallsFile().then((text) => writeFileSync(join(ROOT, FILE), text));
}
