/**
 * Proves where a stack's state is kept, and that no stack reads another's. Does not prove that Terraform can write there: the
 * live tests do.
 */
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { App, LocalBackend, TerraformStack, Testing, Token } from "cdktf";
import { refuseCrossStackTokens, Site, StateBackend, StateBackendProps } from "../../modules/site";
import { Construct } from "constructs";
import { expectRefusal, refusal, SEOUL, synthApp, TOKYO } from "../support/synth";

const BUCKET = { bucket: "acme-tf-seoul", region: "ap-northeast-2" };

/** The backend of a stack `orders-seoul`. */
function backend(props: Partial<StateBackendProps> = {}) {
  const { stacks } = synthApp((app) => {
    const stack = new TerraformStack(app, "orders-seoul");
    new StateBackend(stack, { ...BUCKET, ...props });
    new SqsQueue(new Site(stack, "Seoul", SEOUL), "Queue");
  });
  return (stacks.get("orders-seoul")!.json.terraform as { backend: object }).backend;
}

describe("StateBackend", () => {
  test("keeps the state in a bucket of one region, encrypted as the bucket says, with S3's own lock", () => {
    expect(backend()).toEqual({
      s3: { bucket: "acme-tf-seoul", key: "orders-seoul.tfstate", region: "ap-northeast-2", use_lockfile: true },
    });
  });

  test.each<[string, Partial<StateBackendProps>, object]>([
    ["prefix", { prefix: "dr/seoul" }, { key: "dr/seoul/orders-seoul.tfstate" }],
    [
      "kmsKeyArn",
      { kmsKeyArn: "arn:aws:kms:ap-northeast-2:111122223333:alias/s3/acme-tf-seoul" },
      { encrypt: true, kms_key_id: "arn:aws:kms:ap-northeast-2:111122223333:alias/s3/acme-tf-seoul" },
    ],
    [
      "assumeRole",
      { assumeRole: { roleArn: "arn:aws:iam::111122223333:role/state", externalId: "e", sessionName: "s" } },
      { assume_role: { role_arn: "arn:aws:iam::111122223333:role/state", external_id: "e", session_name: "s" } },
    ],
  ])("%s", (_, props, expected) => {
    const plain = (backend() as { s3: object }).s3;
    expect(backend(props)).toEqual({ s3: { ...plain, ...expected } });
  });

  test.each(["ap-east-2", "ap-southeast-6"])(
    "in %s, which Terraform 1.11 does not know, is not validated",
    (region) => {
      expect(backend({ region })).toMatchObject({ s3: { region, skip_region_validation: true } });
    },
  );

  test.each(["", "/dr", "dr/", "dr//seoul", "dr seoul", "a".repeat(513)])("fails with the prefix '%.12s'", (prefix) => {
    expectRefusal(() => backend({ prefix }), "InvalidName", /^'state.prefix' is not a valid key prefix, got '/);
  });

  test("fails with an invalid bucket name", () => {
    expectRefusal(
      () => backend({ bucket: "Acme" }),
      "InvalidName",
      /^'state.bucket' is not a valid S3 bucket name, got 'Acme'/,
      "orders-seoul",
    );
  });

  test("fails with an invalid region", () => {
    expectRefusal(
      () => backend({ region: "seoul" }),
      "UnknownRegion",
      "this library does not know the region 'seoul'",
      "orders-seoul",
    );
  });

  test.each([
    ["state.bucket", { bucket: later() }],
    ["region", { region: later() }],
    ["state.prefix", { prefix: later() }],
    ["state.kmsKeyArn", { kmsKeyArn: later() }],
    ["assumeRole.roleArn", { assumeRole: { roleArn: later() } }],
  ])("fails with a token for '%s': Terraform takes no expression in a backend", (setting, props) => {
    expectRefusal(() => backend(props), "TokenForPlainString", `'${setting}' must be known at synth, got a token`);
  });
});

describe("a value of another stack", () => {
  const app = () => {
    const root = Testing.app();
    return { root, seoul: new TerraformStack(root, "seoul"), tokyo: new TerraformStack(root, "tokyo") };
  };
  /** Lets tokyo, or a site in it, use what only an apply of seoul would tell. */
  const cross = (seoul: TerraformStack, tokyo: Construct, root: App) => () => {
    const one = new SqsQueue(new Site(seoul, "Seoul", SEOUL), "Queue");
    new SqsQueue(tokyo, "Queue", { redrivePolicy: `{"deadLetterTargetArn":"${one.arn}"}` });
    root.synth();
  };

  test("is refused where a site would use it", () => {
    const { root, seoul, tokyo } = app();
    new LocalBackend(seoul, { path: "seoul.tfstate" });
    expectRefusal(
      cross(seoul, new Site(tokyo, "Tokyo", TOKYO), root),
      "CrossStackToken",
      /^'redrive_policy' references an attribute of stack 'seoul' that is unknown at synth, got '.*aws_sqs_queue\.Seoul_Queue_/,
      "tokyo/Tokyo/Queue",
    );
  });

  test("is refused in a stack that holds no site, once asked to", () => {
    const { root, seoul, tokyo } = app();
    refuseCrossStackTokens(tokyo);
    expect(refusal(cross(seoul, tokyo, root)).code).toBe("CrossStackToken");
  });

  test("is refused by the state that would be read, for every reader", () => {
    const { root, seoul, tokyo } = app();
    new StateBackend(seoul, BUCKET);
    expectRefusal(
      cross(seoul, tokyo, root),
      "CrossStackToken",
      "'tokyo' reads the state of 'seoul', whose StateBackend lets no other stack read it",
      "tokyo",
    );
  });

  test("is not checked between stacks without a site", () => {
    const { root, seoul, tokyo } = app();
    new LocalBackend(seoul, { path: "seoul.tfstate" });
    new AwsProvider(tokyo, "aws", { region: "ap-northeast-1" });
    expect(cross(seoul, tokyo, root)).not.toThrow();
  });

  test("that is known at synth may be used anywhere", () => {
    const { stacks } = synthApp((root) => {
      for (const [id, props] of Object.entries({ Seoul: SEOUL, Tokyo: TOKYO })) {
        const stack = new TerraformStack(root, id);
        new StateBackend(stack, { bucket: `acme-tf-${id.toLowerCase()}`, region: props.region });
        new SqsQueue(new Site(stack, id, props), "Queue", { name: "orders" });
      }
    });
    expect([...stacks.values()].flatMap((tf) => tf.types())).toEqual(["aws_sqs_queue", "aws_sqs_queue"]);
  });
});

function later(): string {
  return Token.asString({ resolve: () => "later" });
}
