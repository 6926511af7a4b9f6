/**
 * Proves that the newest provider supports the resources of every example. It compares names, nesting, types and required arguments. It
 * also compares blocks with arguments, and lists with single values. It reads the provider's published bindings. Does not prove that it
 * takes the values, nor that it does the same with them.
 */
import { exampleNames, writtenFiles } from "../support/examples";
import { faultsOf, installBindings } from "../support/newest-provider/bindings";
import { Block } from "../support/synth";

interface StackJson {
  readonly provider: { readonly aws: readonly Block[] };
  readonly data?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
}

const stacks = exampleNames().flatMap((example) => {
  const files = [...writtenFiles(example)].filter(([name]) => name.endsWith(".tf.json"));
  return files.map(([name, text]) => ({ stack: `${example}/${name}`, json: JSON.parse(text) as StackJson }));
});

/** Every resource, data source and provider of a stack that is AWS's. */
function blocksOf({ data = {}, provider, resource = {} }: StackJson): [type: string, block: Block][] {
  const all = [
    ...Object.entries(resource),
    ...Object.entries(data).map(([type, byId]) => [`data.${type}`, byId] as const),
  ];
  const blocks = all.flatMap(([type, byId]) => Object.values(byId).map((block) => [type, block] as [string, Block]));
  const providers = provider.aws.map(({ alias: _, ...own }) => ["aws", own] as [string, Block]);
  return [...providers, ...blocks.filter(([type]) => /^(data\.)?aws_/.test(type))];
}

beforeAll(installBindings, 300_000);

test.each(stacks)("$stack", ({ json }) => {
  expect(blocksOf(json).flatMap(([type, block]) => faultsOf(type, block))).toEqual([]);
});

describe("a mistake is seen", () => {
  const versioning = { bucket: "media", versioning_configuration: { status: "Enabled" } };

  test.each<[string, string, Block, string]>([
    ["a resource that does not exist", "aws_s3_pail", {}, "there is no aws_s3_pail"],
    ["a renamed argument", "aws_sqs_queue", { queue_name: "a" }, "there is no aws_sqs_queue.queue_name"],
    [
      "a renamed argument of a block",
      "aws_s3_bucket_versioning",
      { ...versioning, versioning_configuration: { state: "x", status: "y" } },
      "there is no aws_s3_bucket_versioning.versioning_configuration.state",
    ],
    [
      "a block given as an argument",
      "aws_s3_bucket_versioning",
      { ...versioning, versioning_configuration: "Enabled" },
      "aws_s3_bucket_versioning.versioning_configuration holds no arguments",
    ],
    [
      "a list given as a single one",
      "aws_dynamodb_table",
      { name: "a", attribute: { name: "id", type: "S" } },
      "aws_dynamodb_table.attribute is no list",
    ],
    [
      "a single one given as a list",
      "aws_s3_bucket_versioning",
      { ...versioning, versioning_configuration: [{ status: "x" }, { status: "y" }] },
      "aws_s3_bucket_versioning.versioning_configuration is a list",
    ],
    ["a wrong type", "aws_sqs_queue", { delay_seconds: "5" }, "aws_sqs_queue.delay_seconds is no number"],
    ["a single value for a list", "aws_lb", { subnets: "a" }, "aws_lb.subnets is no stringList"],
    [
      "a missing argument",
      "aws_s3_bucket_versioning",
      { versioning_configuration: { status: "x" } },
      "aws_s3_bucket_versioning.bucket is missing",
    ],
    [
      "a missing argument of a block",
      "aws_s3_bucket_versioning",
      { ...versioning, versioning_configuration: {} },
      "aws_s3_bucket_versioning.versioning_configuration.status is missing",
    ],
  ])("%s", (_, type, block, fault) => {
    expect(faultsOf(type, block)).toEqual([fault]);
  });
});
