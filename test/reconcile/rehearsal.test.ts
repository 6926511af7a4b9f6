/**
 * Proves how blocks are tried in given plans: which blocks are dropped or added, and when it ends. Does not prove how Terraform answers:
 * test/emulator/reconcile.test.ts does.
 */
import { rehearse, Wish } from "../../reconcile/rehearsal";
import { Diagnostic, Planned } from "../../reconcile/terraform";
import { judge } from "../../reconcile/judge";
import { BUCKET, change, planOf, TABLE } from "../support/plans";

const EXISTING: Wish = { existing: true, named: new Map() };
const CREATES = planOf([
  change("aws_s3_bucket.Media", ["create"], { bucket: "receipts" }),
  change("aws_dynamodb_table.Carts", ["create"], { name: "carts" }),
]);

test("a missing resource is created, and an id that an import reveals is imported next", async () => {
  const told: string[][] = [];
  const answers: Planned[] = [
    absent("aws_dynamodb_table.Carts"),
    { plan: planOf([importing("aws_s3_bucket.Media", BUCKET), creating("aws_s3_bucket_policy.Media", BUCKET)]) },
    { plan: planOf([importing("aws_s3_bucket.Media", BUCKET), importing("aws_s3_bucket_policy.Media", BUCKET)]) },
  ];
  const verdict = await rehearse(judge(CREATES, {}), {}, EXISTING, answering(answers, told));
  expect(told).toEqual([
    ["aws_s3_bucket.Media", "aws_dynamodb_table.Carts"],
    ["aws_s3_bucket.Media"],
    ["aws_s3_bucket.Media", "aws_s3_bucket_policy.Media"],
  ]);
  expect(verdict).toMatchObject({ left: [], imports: [{ id: "receipts" }, { id: "receipts" }] });
});

test("a named resource that does not exist is left for the operator", async () => {
  const wish = { existing: false, named: new Map([["aws_dynamodb_table.Carts", "baskets"]]) };
  const answers = [absent("aws_dynamodb_table.Carts"), { plan: CREATES }];
  expect(await rehearse(judge(CREATES, {}), {}, wish, answering(answers))).toMatchObject({
    imports: [],
    left: [
      {
        address: "aws_dynamodb_table.Carts",
        problem: expect.stringContaining("no aws_dynamodb_table baskets") as string,
      },
    ],
  });
});

test("a resource that an import would replace is not imported", async () => {
  const replaced = change("aws_dynamodb_table.Carts", ["delete", "create"], TABLE, { replacing: ["hash_key"] });
  const only = planOf([change("aws_dynamodb_table.Carts", ["create"], { name: "carts" })]);
  const answers = [
    { plan: planOf([{ ...replaced, change: { ...replaced.change, importing: { id: "carts" } } }]) },
    { plan: only },
  ];
  const told: string[][] = [];
  expect(await rehearse(judge(only, {}), {}, EXISTING, answering(answers, told))).toMatchObject({
    imports: [],
    left: [{ problem: expect.stringContaining("forced by: hash_key") as string }],
  });
  expect(told).toEqual([["aws_dynamodb_table.Carts"], []]);
});

test("a resource that a move would replace is forgotten instead", async () => {
  const renamed = planOf([
    change("aws_dynamodb_table.Carts", ["delete"], TABLE),
    change("aws_dynamodb_table.Baskets", ["create"], { name: "carts" }),
  ]);
  const replaced = change("aws_dynamodb_table.Baskets", ["delete", "create"], TABLE, { replacing: ["hash_key"] });
  const forgotten = planOf([
    change("aws_dynamodb_table.Carts", ["forget"], TABLE),
    change("aws_dynamodb_table.Baskets", ["create"], { name: "carts" }),
  ]);
  const answers = [
    { plan: planOf([{ ...replaced, previous_address: "aws_dynamodb_table.Carts" }]) },
    { plan: renamed },
    { plan: forgotten },
  ];
  const wish = { existing: false, named: new Map<string, undefined>() };
  expect(await rehearse(judge(renamed, {}), {}, wish, answering(answers))).toMatchObject({
    moved: [],
    removed: [{ from: "aws_dynamodb_table.Carts", why: "holds data" }],
    left: [{ address: "aws_dynamodb_table.Baskets" }],
  });
});

test.each<[string, Planned]>([
  ["a dark region", { failed: "dark", errors: [{ severity: "error", summary: "request send failed (carts)" }] }],
  ["anything else", { failed: "refused", errors: [{ severity: "error", summary: "state is locked" }] }],
])("a plan that fails for %s ends it", async (_, failed) => {
  expect(await rehearse(judge(CREATES, {}), {}, EXISTING, answering([failed]))).toBe(failed);
});

function creating(address: string, values: typeof BUCKET) {
  return change(address, ["create"], values);
}

function importing(address: string, values: typeof BUCKET) {
  const one = change(address, ["no-op"], values);
  return { ...one, change: { ...one.change, after: values, importing: { id: values.bucket } } };
}

function absent(address: string): Planned {
  const detail = `While attempting to import an existing object to "${address}", the provider detected that no object exists`;
  const error: Diagnostic = { severity: "error", summary: "Cannot import non-existent remote object", detail };
  return { failed: "refused", errors: [error] };
}

/** Answers with one plan after the other, and records the imports of each. */
function answering(answers: readonly Planned[], told: string[][] = []) {
  const left = [...answers];
  return (blocks: string | undefined): Promise<Planned> => {
    const { import: imports = [] } = JSON.parse(blocks ?? "{}") as { import?: { to: string }[] };
    told.push(imports.map(({ to }) => to));
    return Promise.resolve(left.shift()!);
  };
}
