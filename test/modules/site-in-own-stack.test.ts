/**
 * Proves that a site in a user's stack changes nothing else in it. Provider, backend, overrides, and values from other stacks stay the
 * same. Does not prove what the modules below the site create.
 */
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { App, Aspects, DataTerraformRemoteStateS3, Fn, S3Backend, TerraformOutput, TerraformStack } from "cdktf";
import { IConstruct } from "constructs";
import { MasterUserSecret } from "../../modules/rds-read-replica";
import { ReplicaBucket } from "../../modules/s3-replication";
import { Site, SiteProps, StateBackend } from "../../modules/site";
import { expectRefusal, Json, SEOUL, synthApp, TOKYO } from "../support/synth";

const STATE = { bucket: "acme-tf", region: "ap-northeast-2" };
const KEY = "arn:aws:kms:ap-northeast-2:111122223333:key/11111111-2222-3333-4444-555555555555";

type Section = Record<string, Record<string, { "//"?: { metadata: { path: string } } }>>;
type StackJson = {
  [section: string]: Json | undefined | Section | { aws: { alias?: string }[] };
  provider: { aws: { alias?: string }[] };
};

/** A stack to which a company adds a site. */
interface Billing {
  readonly stack: TerraformStack;
  /** The network, of the other stack. */
  readonly vpc: Vpc;
  readonly aws?: AwsProvider;
}
type AddSites = (billing: Billing) => void;

/** A company's two stacks: `billing` uses the network of the other, and has rules and settings of its own. */
function company(app: App, { before, after }: { before?: AddSites; after?: AddSites }) {
  const network = new TerraformStack(app, "network");
  new S3Backend(network, { ...STATE, key: "network" });
  new AwsProvider(network, "Aws", { region: "ap-northeast-2" });
  const vpc = new Vpc(network, "Vpc", { cidrBlock: "10.0.0.0/16" });

  const stack = new TerraformStack(app, "billing");
  before?.({ stack, vpc });
  new S3Backend(stack, { ...STATE, key: "billing" });
  const aws = new AwsProvider(stack, "Aws", {
    region: "ap-northeast-2",
    defaultTags: [{ tags: { CostCenter: "42" } }],
  });
  stack.addOverride("terraform.required_version", "~> 1.12");
  const dns = new DataTerraformRemoteStateS3(stack, "Dns", { ...STATE, key: "dns" });
  const clients = new SecurityGroup(stack, "Clients", { vpcId: vpc.id, description: `of ${vpc.arn}` });
  new TerraformOutput(stack, "Network", { value: { vpc: vpc.id, zone: dns.get("zone"), clients: clients.id } });
  Aspects.of(stack).add({ visit: tagOwner });
  after?.({ stack, vpc, aws });
}

function tagOwner(node: IConstruct): void {
  if (node instanceof SecurityGroup || node instanceof SqsQueue) node.tags = { Owner: "billing" };
}

function oneSite(stack: TerraformStack, props: Partial<SiteProps> = {}): Site {
  const seoul = new Site(stack, "Seoul", { ...SEOUL, ...props });
  new ReplicaBucket(seoul, "Media", { name: "acme-media-seoul" });
  new MasterUserSecret(seoul, "Master", { name: "rds/billing", username: "billing", kmsKeyArn: KEY });
  return seoul;
}

function twoSites({ stack }: Billing): void {
  oneSite(stack);
  new ReplicaBucket(new Site(stack, "Tokyo", TOKYO), "Media", { name: "acme-media-tokyo" });
}

function synthesise(addSites: Parameters<typeof company>[1]) {
  const { stacks } = synthApp((app) => company(app, addSites));
  return { network: stacks.get("network")!.text, billing: stacks.get("billing")!.json as StackJson };
}

/** A stack's JSON without what is below its sites. */
function withoutSites(json: StackJson): StackJson {
  const sections = Object.entries(json).flatMap(([name, section]) => {
    if (name === "provider")
      return [[name, { aws: json.provider.aws.filter(({ alias }) => !/^seoul$|^tokyo$/.test(alias ?? "")) }]];
    const rest = ["resource", "data", "ephemeral"].includes(name) ? withoutBlocks(section as Section) : section;
    return typeof rest === "object" && Object.keys(rest!).length > 0 ? [[name, rest]] : [];
  });
  return Object.fromEntries(sections) as StackJson;
}

function withoutBlocks(section: Section): object {
  const types = Object.entries(section).map(([type, blocks]) => {
    const rest = Object.entries(blocks).filter(
      ([, block]) => !/^billing\/(Seoul|Tokyo)\//.test(block["//"]?.metadata.path ?? ""),
    );
    return [type, Object.fromEntries(rest)] as const;
  });
  return Object.fromEntries(types.filter(([, blocks]) => Object.keys(blocks).length > 0));
}

const alone = synthesise({});

describe.each<[string, AddSites, ("before" | "after")[]]>([
  ["one site", ({ stack }) => oneSite(stack), ["before", "after"]],
  ["one site with the stack's own provider", ({ stack, aws }) => oneSite(stack, { provider: aws! }), ["after"]],
  ["two sites", twoSites, ["before", "after"]],
])("%s", (_, add, places) => {
  test.each(places)("%s the other constructs, changes no byte of the rest", (place) => {
    const { network, billing } = synthesise({ [place]: add });
    expect(Object.keys(billing.resource as Section)).toContain("aws_s3_bucket");
    expect(billing.ephemeral).toBeDefined();
    expect(network).toBe(alone.network);
    expect(JSON.stringify(withoutSites(billing))).toBe(JSON.stringify(alone.billing));
  });
});

test("the stack reads the other's state as it did", () => {
  const { data } = synthesise({ after: twoSites }).billing;
  expect(Object.keys((data as Section).terraform_remote_state!)).toEqual([
    "Dns",
    "cross-stack-reference-input-network",
  ]);
});

describe("the version of the provider", () => {
  const required = (version: string | undefined, add: (site: Site) => void = () => undefined) => {
    const { stacks } = synthApp((app) => {
      const stack = new TerraformStack(app, "billing");
      add(oneSite(stack));
      const aws = new AwsProvider(stack, "Aws");
      Object.assign(aws, { terraformGeneratorMetadata: { providerName: "aws", providerVersion: version } });
    });
    return (stacks.get("billing")!.json.terraform as { required_providers: { aws: object } }).required_providers.aws;
  };

  test.each(["6.25.0", "5.100.0", "7.0.0", "~> 5.90"])(
    "%s, which the stack's own provider asks for, stays",
    (version) => {
      expect(required(version)).toEqual({ source: "aws", version });
    },
  );

  test("of the stack's own is replaced by a range if it lacks what the site holds", () => {
    expect(required("5.99.1")).toEqual({ source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" });
    const range = { source: "hashicorp/aws", version: ">= 6.25.0, < 7.0.0" };
    expect(required("6.24.0", (site) => site.requireProvider("6.25.0"))).toEqual(range);
    expect(required("6.32.0", (site) => site.avoidBrokenProviders("autoScalingGroup"))).toEqual({
      source: "hashicorp/aws",
      version: ">= 5.100.0, != 6.32.0, < 7.0.0",
    });
  });

  test("that an override of the stack asks for stays", () => {
    const { stacks } = synthApp((app) => {
      const stack = new TerraformStack(app, "billing");
      stack.addOverride("terraform.required_providers.aws.version", "6.20.0");
      oneSite(stack);
    });
    expect(stacks.get("billing")!.json.terraform).toMatchObject({
      required_providers: { aws: { source: "hashicorp/aws", version: "6.20.0" } },
    });
  });
});

describe("below a site", () => {
  const queue =
    (policy: (vpc: Vpc) => string, props: Partial<SiteProps> = {}) =>
    () => {
      const { stacks } = synthApp((app) =>
        company(app, {
          after: ({ stack, vpc }) => new SqsQueue(oneSite(stack, props), "Queue", { redrivePolicy: policy(vpc) }),
        }),
      );
      return stacks.get("billing")!.at("Seoul/Queue");
    };

  test.each<[string, (vpc: Vpc) => string, RegExp]>([
    ["an attribute", (vpc) => vpc.arn, /got '\$\{aws_vpc\.Vpc\.arn\}'$/],
    ["a text with an attribute", (vpc) => `{"vpc":"${vpc.id}"}`, /got '\{"vpc":"\$\{aws_vpc\.Vpc\.id\}"\}'$/],
    ["a function of an attribute", (vpc) => Fn.jsonencode({ vpc: vpc.id }), /got '\$\{jsonencode\(.*aws_vpc\.Vpc\.id/],
  ])("%s of another stack is refused, with the resource, the argument and the other stack", (_, policy, got) => {
    const problem = "'redrive_policy' references an attribute of stack 'network' that is unknown at synth, ";
    expectRefusal(queue(policy), "CrossStackToken", new RegExp(`^${problem}${got.source}`), "billing/Seoul/Queue");
  });

  test("a long value is cut", () => {
    const long = (vpc: Vpc) => `${"x".repeat(200)}${vpc.id}`;
    expectRefusal(queue(long), "CrossStackToken", /got 'x{120}…'$/, "billing/Seoul/Queue");
  });

  test("a list of another stack is refused", () => {
    const inSite = () =>
      synthApp((app) => {
        const [one, two] = [new TerraformStack(app, "one"), new TerraformStack(app, "two")];
        new AwsProvider(one, "Aws");
        const rules = new SecurityGroup(one, "Rules");
        const vpcId = "vpc-1";
        new SecurityGroup(new Site(two, "Seoul", SEOUL), "Copy", {
          vpcId,
          ingress: [{ fromPort: 1, toPort: 2, protocol: "tcp", securityGroups: Fn.tolist([rules.id]) }],
        });
      });
    expectRefusal(
      inSite,
      "CrossStackToken",
      /^'ingress\.0\.security_groups' references .* stack 'one'/,
      "two/Seoul/Copy",
    );
  });

  test("`plansNeedOtherStates` allows it", () => {
    expect(queue((vpc) => vpc.arn, { plansNeedOtherStates: true })()).toMatchObject({
      redrive_policy:
        "${data.terraform_remote_state.cross-stack-reference-input-network.outputs.cross-stack-output-aws_vpcVpcarn}",
    });
  });

  test("the word of one site is not the word of another", () => {
    const define = () =>
      synthApp((app) =>
        company(app, {
          after: ({ stack, vpc }) => {
            oneSite(stack, { plansNeedOtherStates: true });
            new SqsQueue(new Site(stack, "Tokyo", TOKYO), "Queue", { name: vpc.id });
          },
        }),
      );
    expectRefusal(
      define,
      "CrossStackToken",
      /^'name' references an attribute of stack 'network'/,
      "billing/Tokyo/Queue",
    );
  });
});

test("the word of a site does not open the state of a StateBackend", () => {
  const define = () =>
    synthApp((app) => {
      const [one, two] = [new TerraformStack(app, "one"), new TerraformStack(app, "two")];
      new StateBackend(one, STATE);
      const first = new SqsQueue(new Site(one, "Seoul", SEOUL), "Queue");
      new SqsQueue(new Site(two, "Tokyo", { ...TOKYO, plansNeedOtherStates: true }), "Queue", { name: first.name });
    });
  const problem = "'two' reads the state of 'one', whose StateBackend lets no other stack read it";
  expectRefusal(define, "CrossStackToken", problem, "two");
});
