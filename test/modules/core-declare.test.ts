/** Proves that constructs declare facts about their part, and that a procedure that cannot run is refused where it is declared. */
import { App, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { declarationsBelow, declare } from "../../modules/core";
import { CallStep, Declaration } from "../../modules/core/model";
import { expectRefusal } from "../support/synth";

const promote: CallStep = {
  kind: "call",
  owner: "recovery-plan",
  id: "promote",
  title: "promote orders",
  withinSeconds: 3_600,
  duration: {
    basis: "unknown",
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReadRepl.Promote.html",
  },
  undo: "one-way",
  call: { api: "rds:PromoteReadReplica", parameters: { DBInstanceIdentifier: "orders" } },
  done: {
    title: "orders was promoted",
    call: { api: "rds:DescribeDBInstances", parameters: { DBInstanceIdentifier: "orders" } },
    passes: { path: ["DBInstances", 0, "StatusInfos"], exists: false },
  },
  permissions: [{ actions: ["rds:PromoteReadReplica"], resources: ["*"] }],
};

const declaration = (step: CallStep): Declaration => ({
  procedures: [{ for: "failover", region: "ap-northeast-1", uses: "rds-read-replica", steps: [step] }],
});

function stack(): TerraformStack {
  return new TerraformStack(new App(), "orders-tokyo");
}

test("declarations are found in tree order, with the path of their construct", () => {
  const scope = stack();
  const [ledger, nothing] = [new Construct(scope, "ledger"), new Construct(scope, "carts")];
  const replica = new Construct(ledger, "Replica");
  declare(replica, declaration(promote));
  declare(nothing, {});
  declare(ledger, { signals: [] });
  expect(declarationsBelow(scope)).toEqual([
    { path: "orders-tokyo/ledger", signals: [] },
    { path: "orders-tokyo/ledger/Replica", ...declaration(promote) },
    { path: "orders-tokyo/carts" },
  ]);
  expect(declarationsBelow(nothing)).toEqual([{ path: "orders-tokyo/carts" }]);
});

test("a procedure that cannot run is refused", () => {
  const { api } = promote.call;
  const wrong = { ...promote, call: { api, parameters: { DbInstanceIdentifier: "orders" } } };
  expectRefusal(
    () => declare(new Construct(stack(), "ledger"), declaration(wrong)),
    "InvalidProcedure",
    "the procedure for a failover: step 'promote' gives 'rds:PromoteReadReplica' the parameter 'DbInstanceIdentifier', which it does not have",
    "orders-tokyo/ledger",
  );
});
