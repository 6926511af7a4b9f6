/**
 * Proves that every stack of every example refuses exactly those releases of the AWS provider that break one of its resources. Does not prove
 * that a release is broken: `BROKEN_RELEASES` names the page that says so.
 */
import { BROKEN_RELEASES } from "../../modules/site/provider-versions";
import { exampleNames, writtenFiles } from "../support/examples";
import { Block } from "../support/synth";

const FEATURES: Readonly<Record<keyof typeof BROKEN_RELEASES, (type: string, block: Block) => boolean>> = {
  autoScalingGroup: (type) => type === "aws_autoscaling_group",
  targetGroup: (type) => type === "aws_lb_target_group",
  ecsService: (type) => type === "aws_ecs_service",
  lambdaVersion: (type, block) => type === "aws_lambda_function" && block.publish === true,
  dynamodbIndex: (type, block) => type === "aws_dynamodb_table" && block.global_secondary_index !== undefined,
};

interface StackJson {
  readonly terraform: { readonly required_providers: { readonly aws: { readonly version: string } } };
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
}

const stacks = exampleNames().flatMap((example) => {
  const files = [...writtenFiles(example)].filter(([name]) => name.endsWith(".tf.json"));
  return files.map(([name, text]) => ({ stack: `${example}/${name}`, json: JSON.parse(text) as StackJson }));
});

function featuresOf({ resource = {} }: StackJson) {
  const blocks = Object.entries(resource).flatMap(([type, byId]) =>
    Object.values(byId).map((block) => ({ type, block })),
  );
  const all = Object.entries(FEATURES) as [keyof typeof FEATURES, (type: string, block: Block) => boolean][];
  return all.flatMap(([name, has]) => (blocks.some(({ type, block }) => has(type, block)) ? [name] : []));
}

test("an example has every feature with broken releases, except an index, which the tests of the table have", () => {
  const shown = new Set(stacks.flatMap(({ json }) => featuresOf(json)));
  expect([...shown, "dynamodbIndex"].sort()).toEqual(Object.keys(BROKEN_RELEASES).sort());
});

test.each(stacks)("$stack refuses exactly the releases that break it", ({ json }) => {
  const broken = featuresOf(json).flatMap((feature) => BROKEN_RELEASES[feature].versions);
  const refused = json.terraform.required_providers.aws.version.match(/(?<=!= )[\d.]+/g) ?? [];
  expect([...refused].sort()).toEqual([...new Set(broken)].sort());
});
