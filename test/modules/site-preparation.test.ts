/**
 * Proves that a stack prepared by its tokens is written as cdktf writes one that it resolved as a whole: what each kind of token leads to,
 * in its own stack and in the one it comes from. That a site's stack refuses tokens of others: `site-state.test.ts`.
 */
import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SsmParameter, SsmParameterConfig } from "@cdktf/provider-aws/lib/ssm-parameter";
import {
  App,
  Fn,
  Lazy,
  LocalBackend,
  TerraformLocal,
  TerraformOutput,
  TerraformStack,
  Testing,
  Tokenization,
} from "cdktf";
import { Construct } from "constructs";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Site } from "../../modules/site";
import { prepareByTokens } from "../../modules/site/preparation";

/** Takes what it likes of another stack. */
type Use = (reader: TerraformStack, origin: Origin) => void;

/** What stands in the other stack. */
interface Origin {
  readonly queue: SqsQueue;
  readonly group: AutoscalingGroup;
  readonly local: TerraformLocal;
}

/** Where a token can stand, and as what. */
const USES: Readonly<Record<string, Use>> = {
  "a text": (reader, { queue }) => parameter(reader, { value: queue.arn }),
  "a part of a text": (reader, { queue }) => parameter(reader, { value: `${queue.arn}, named ${queue.name}` }),
  "a text beside one of the stack's own": (reader, { queue }) =>
    parameter(reader, { value: `${new SqsQueue(reader, "Own", { name: "own" }).arn} and ${queue.arn}` }),
  "a list": (reader, { group }) => output(reader, group.loadBalancers),
  "a map": (reader, { queue }) => parameter(reader, { tags: queue.tagsAll }),
  "a map within a list": (reader, { queue }) => output(reader, [queue.tagsAll]),
  "a number": (reader, { group }) => output(reader, group.maxSize),
  "a number within a text": (reader, { group }) => parameter(reader, { value: `at most ${group.maxSize}` }),
  "a key": (reader, { queue }) => parameter(reader, { tags: { [queue.name]: "name" } }),
  "a text worked out late": (reader, { queue }) =>
    parameter(reader, { value: Lazy.stringValue({ produce: () => queue.arn }) }),
  "an object worked out late": (reader, { queue }) =>
    output(reader, Lazy.anyValue({ produce: () => [{ arn: queue.arn }] })),
  "the argument of a function": (reader, { group }) =>
    parameter(reader, { value: Fn.join(",", group.availabilityZones) }),
  "a local value": (reader, { local }) => parameter(reader, { value: local.asString }),
  "an override": (reader, { queue }) => parameter(reader, {}).addOverride("value", queue.arn),
  "a dependency": (reader, { queue }) => parameter(reader, { dependsOn: [queue] }),
};

const parameter = (reader: TerraformStack, config: Partial<SsmParameterConfig>) =>
  new SsmParameter(reader, "Parameter", { name: "/orders", type: "String", ...config });
const output = (reader: TerraformStack, value: unknown) => new TerraformOutput(reader, "Out", { value });

class PreparedByTokens extends TerraformStack {
  constructor(scope: Construct, name: string) {
    super(scope, name);
    prepareByTokens(this);
  }
}

function withProvider<Stack extends TerraformStack>(stack: Stack): Stack {
  new LocalBackend(stack, { path: `${stack.node.id}.tfstate` });
  new AwsProvider(stack, "Aws", { region: "ap-northeast-2" });
  return stack;
}

/** Both stacks as they are written. */
function written(Reader: new (app: App, name: string) => TerraformStack, use: Use): string[] {
  const app = Testing.app();
  const stack = withProvider(new TerraformStack(app, "origin"));
  const origin = {
    queue: new SqsQueue(stack, "Queue", { name: "orders" }),
    group: new AutoscalingGroup(stack, "Group", { maxSize: 2, minSize: 1 }),
    local: new TerraformLocal(stack, "Local", "said"),
  };
  const reader = withProvider(new Reader(app, "reader"));
  new SqsQueue(reader, "Queue", { name: "orders" }); // at the address of the other stack's
  use(reader, origin);
  app.synth();
  return [reader, stack].map(({ node }) => readFileSync(join(app.outdir, "stacks", node.id, "cdk.tf.json"), "utf8"));
}

test.each(Object.entries(USES))("%s of another stack is found, and read as cdktf reads it", (_, use) => {
  const [reader, origin] = written(PreparedByTokens, use);
  expect([reader, origin]).toEqual(written(TerraformStack, use));
  expect(reader).toContain("terraform_remote_state");
  expect(origin).toContain("cross-stack-output");
});

test("what tokens add to the stack is written", () => {
  const late: Use = (reader) => {
    const produce = () => (reader.node.tryFindChild("Late") as SqsQueue | undefined)?.name ?? lateQueue(reader).name;
    parameter(reader, { value: Lazy.stringValue({ produce }) });
  };
  const [reader] = written(PreparedByTokens, late);
  expect([reader]).toEqual(written(TerraformStack, late).slice(0, 1));
  expect(JSON.parse(reader!)).toHaveProperty("resource.aws_sqs_queue.Late.name", "late");
});

const lateQueue = (reader: TerraformStack) => new SqsQueue(reader, "Late", { name: "late" });

test("what stands in a stack within the stack is left to that one", () => {
  const nested: Use = (reader, { queue }) => {
    parameter(withProvider(new PreparedByTokens(reader, "inner")), { value: queue.arn });
  };
  const [reader] = written(PreparedByTokens, nested);
  expect(reader).not.toContain("terraform_remote_state");
});

test("a value is worked out once for the preparation, however often it stands in the stack", () => {
  const asked: boolean[] = [];
  written(PreparedByTokens, (reader) => {
    const value = Lazy.stringValue({ produce: ({ preparing }) => String(asked.push(preparing)) });
    parameter(reader, { value, tags: { one: value, other: value } });
  });
  expect(asked.filter((preparing) => preparing)).toEqual([true]);
});

test("a construct in the place of a value is refused by cdktf, which says where it stands", () => {
  const mistaken: Use = (reader, { queue }) => parameter(reader, { tags: { queue: queue as never } });
  const refused = /Trying to 'resolve\(\)' a Construct at/;
  expect(() => written(TerraformStack, mistaken)).toThrow(refused);
  expect(() => written(PreparedByTokens, mistaken)).toThrow(refused);
});

describe("a stack that holds a site", () => {
  const place = { region: "ap-northeast-2", account: "111122223333" };

  test("is prepared without resolving what names its own resources", () => {
    const stack = new TerraformStack(Testing.app(), "orders");
    const site = new Site(stack, "Seoul", place);
    const { arn } = new SqsQueue(site, "Queue", { name: "orders" });
    const resolved = jest.spyOn(Tokenization.reverseString(arn).firstToken!, "resolve");
    parameter(stack, { value: `${arn} of ${Lazy.stringValue({ produce: () => "Seoul" })}`, tags: { queue: arn } });
    stack.prepareStack();
    expect(resolved).toHaveBeenCalledTimes(1); // where something else stands beside it
  });

  test("without a backend is given one", () => {
    const stack = new TerraformStack(Testing.app(), "orders");
    new Site(stack, "Seoul", place);
    stack.prepareStack();
    expect(Testing.synth(stack)).toContain('"local"');
  });

  test("keeps a preparation of its own", () => {
    const prepared: string[] = [];
    class Own extends TerraformStack {
      override prepareStack(): void {
        super.prepareStack();
        prepared.push(this.node.id);
      }
    }
    const app = Testing.app();
    new Site(new Own(app, "orders"), "Seoul", place);
    app.synth();
    expect(prepared).toEqual(["orders"]);
  });
});
