/**
 * Proves what refs make others wait for, and how constructs tell how they protect. Does not prove that Terraform waits.
 */
import { TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import {
  declareProtection,
  Duration,
  extendedRef,
  madeBy,
  makersOf,
  ProtectionModel,
  protectionsBelow,
  Ref,
} from "../../modules/core";
import { ReplicaBucket, SourceBucket } from "../../modules/s3-replication";
import { Site } from "../../modules/site";
import { SEOUL, synth, synthApp, TOKYO } from "../support/synth";

describe("makersOf", () => {
  const replica = ReplicaBucket.refOf({ ...TOKYO, name: "acme-media-tokyo" });
  const source = (scope: Construct, destination: typeof replica) =>
    new SourceBucket(new Site(scope, "Seoul", SEOUL), "Media", {
      name: "acme-media-seoul",
      replicateTo: [destination],
    });
  const waitsFor = (tf: ReturnType<typeof synth>) =>
    (tf.only("aws_s3_bucket_replication_configuration").depends_on as string[]).filter((address) =>
      /tokyo/i.test(address),
    );

  test("who holds a ref of the same stack waits for what it points to", () => {
    const tf = synth((scope) => {
      source(scope, new ReplicaBucket(new Site(scope, "Tokyo", TOKYO), "Media", { name: "acme-media-tokyo" }).ref);
    });
    expect(waitsFor(tf).map((address) => address.split(".")[0])).toEqual([
      "aws_s3_bucket_versioning",
      "aws_s3_bucket_server_side_encryption_configuration",
      "aws_s3_bucket_policy",
    ]);
  });

  test("a ref computed from names adds no dependency", () => {
    expect(waitsFor(synth((scope) => source(scope, replica)))).toEqual([]);
  });

  test("a ref of another stack adds no dependency and contains no token", () => {
    const { stacks } = synthApp((app) => {
      const tokyo = new Site(new TerraformStack(app, "tokyo"), "Tokyo", TOKYO);
      const { ref } = new ReplicaBucket(tokyo, "Media", { name: "acme-media-tokyo" });
      expect(ref).toEqual(replica);
      source(new TerraformStack(app, "seoul"), ref);
    });
    const seoul = stacks.get("seoul")!;
    expect(waitsFor(seoul)).toEqual([]);
    expect(seoul.types().filter((type) => type.startsWith("data."))).toEqual([]);
  });

  test("a copy of a ref is plain data: it has no makers", () => {
    const stack = new TerraformStack(Testing.app(), "stack");
    const { ref, resource } = new ReplicaBucket(new Site(stack, "Tokyo", TOKYO), "Media", { name: "acme-media-tokyo" });
    const { name, arn, region, account } = ref;
    const own: Ref = madeBy({ name, arn, region, account }, resource);
    expect(makersOf(stack, own)).toEqual([resource]);
    expect(makersOf(stack, { ...own }, JSON.parse(JSON.stringify(ref)) as Ref)).toBeUndefined();
    expect(makersOf(stack)).toBeUndefined();
  });
});

test("a ref may be given further fields and still make others wait", () => {
  const stack = new TerraformStack(Testing.app(), "stack");
  const { ref } = new ReplicaBucket(new Site(stack, "Tokyo", TOKYO), "Media", { name: "acme-media-tokyo" });
  const extended = extendedRef(ref, { prefix: "tokyo" });
  expect(extended).toEqual({ ...ref, prefix: "tokyo" });
  expect(makersOf(stack, extended)).toEqual(makersOf(stack, ref));
});

describe("protectionsBelow", () => {
  const model = (mechanism: string): ProtectionModel => ({
    protection: {
      mechanism,
      copiesIn: ["tokyo"],
      loss: { value: Duration.minutes(15), basis: "committed", source: "https://aws.amazon.com" },
    },
    recovery: [],
    evidence: [],
  });

  test("finds what was declared at and below a construct, in the order of the tree", () => {
    const stack = new TerraformStack(Testing.app(), "stack");
    const outer = new Construct(stack, "Outer");
    const inner = new Construct(outer, "Inner");
    const silent = new Construct(stack, "Silent");
    const last = new Construct(stack, "Last");
    for (const construct of [last, inner, outer]) {
      expect(declareProtection(construct, model(construct.node.id))).toEqual(model(construct.node.id));
    }

    expect(protectionsBelow(stack)).toEqual([
      { path: "stack/Outer", model: model("Outer") },
      { path: "stack/Outer/Inner", model: model("Inner") },
      { path: "stack/Last", model: model("Last") },
    ]);
    expect(protectionsBelow(inner).map(({ path }) => path)).toEqual(["stack/Outer/Inner"]);
    expect(protectionsBelow(silent)).toEqual([]);
  });

  test("is plain JSON", () => {
    const stack = new TerraformStack(Testing.app(), "stack");
    declareProtection(stack, model("copy"));
    expect(JSON.parse(JSON.stringify(protectionsBelow(stack)))).toMatchObject([
      { path: "stack", model: { protection: { mechanism: "copy", loss: { value: 900, basis: "committed" } } } },
    ]);
  });
});
