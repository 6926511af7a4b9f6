/**
 * Proves, from the JSON, that nothing in a site's stack depends on another site. The live tests prove that the stack plans and
 * applies while the other region is dark.
 */
import { TerraformOutput, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { bucket, DataStore, dns, failedOver, PilotLight, rebuilt } from "../../stacks";
import { expectRefusal, Json, synthApp, Synthesised } from "../support/synth";
import { OSAKA_SITE, SITES, shop, synthShop } from "../support/workloads";

const THREE = {
  sites: { ...SITES, osaka: OSAKA_SITE },
  frontDoor: dns({ zone: "example.com", record: "orders", stateIn: "tokyo" }),
};
const HISTORY = [failedOver("tokyo", { on: "2027-03-02" }), rebuilt("seoul", { on: "2027-03-09" })];

/** Region and state bucket of every stack. */
const PLACE: Readonly<Record<string, readonly [region: string, state: string]>> = {
  "orders-seoul": ["ap-northeast-2", "acme-tf-seoul"],
  "orders-tokyo": ["ap-northeast-1", "acme-tf-tokyo"],
  "orders-osaka": ["ap-northeast-3", "acme-tf-osaka"],
  "orders-seoul-replication": ["ap-northeast-2", "acme-tf-seoul"],
  "orders-tokyo-replication": ["ap-northeast-1", "acme-tf-tokyo"],
  "orders-osaka-replication": ["ap-northeast-3", "acme-tf-osaka"],
  "orders-front-door": ["ap-northeast-1", "acme-tf-tokyo"],
};

describe.each([
  ["two sites", synthShop()],
  ["two sites with a history", synthShop({ history: HISTORY })],
  ["three sites", synthShop(THREE)],
  ["three sites with a history", synthShop({ ...THREE, history: HISTORY })],
])("%s", (_, stacks) => {
  test.each([...stacks])(
    "%s has one provider, its state and all it names by region in its own region",
    (name, stack) => {
      const [region, bucket] = PLACE[name]!;
      const { provider, terraform } = stack.json as {
        provider: { [name: string]: { region: string }[] };
        terraform: { backend: Json };
      };
      expect(Object.keys(provider)).toEqual(["aws"]);
      expect(provider.aws!.map((aws) => aws.region)).toEqual([region]);
      expect(terraform.backend).toEqual({
        s3: { bucket, key: `${bucket.replace("acme-tf-", "")}/${name}.tfstate`, region, use_lockfile: true },
      });
    },
  );

  test.each([...stacks])("%s reads no other stack, and no resource chooses a region for itself", (_, stack) => {
    expect(stack.text).not.toContain("terraform_remote_state");
    expect(regionArguments(stack)).toEqual([]);
  });

  test.each([...stacks].filter(([name]) => /^orders-(seoul|tokyo|osaka)$/.test(name)))(
    "%s looks up only the front door's zone and the region's own zones",
    (_, stack) => {
      expect(stack.types().filter((type) => type.startsWith("data."))).toEqual([
        "data.aws_availability_zones",
        "data.aws_route53_zone",
      ]);
    },
  );
});

/** Provider 6 gave every resource a `region`; a resource that sets it escapes its site. Replica blocks of secrets name regions. */
function regionArguments(stack: Synthesised): string[] {
  const { resource = {}, data = {} } = stack.json as {
    resource?: Record<string, Record<string, { region?: Json }>>;
    data?: Record<string, Record<string, { region?: Json }>>;
  };
  return [...Object.entries(resource), ...Object.entries(data)].flatMap(([type, blocks]) =>
    Object.entries(blocks).flatMap(([id, block]) => (block.region === undefined ? [] : [`${type}.${id}`])),
  );
}

test("a store that uses another site's token is refused when the app is synthesised", () => {
  let foreign = "";
  const sound = bucket();
  const leaky: DataStore = {
    ...sound,
    inSite: (at) => {
      sound.inSite(at);
      if (at.site.home) foreign = at.key.kmsKeyArn;
      else new TerraformOutput(TerraformStack.of(at.scope), "leak", { value: foreign });
    },
  };
  expectRefusal(
    () => synthApp((app) => new PilotLight(app, "orders", shop({ data: { ...shop().data, leaky } }))),
    "CrossStackToken",
    /^'value' references an attribute of stack 'orders-seoul' that is unknown at synth, got '\$\{aws_kms_key\./,
    "orders-tokyo/leak",
  );
});

test("a workload whose parent is not the app is refused, because cdktf finds stacks by their own name", () => {
  expectRefusal(
    () => synthApp((app) => new PilotLight(new Construct(app, "group"), "orders", shop())),
    "WorkloadOutsideApp",
    "a workload must be created directly in the App, got another scope",
    "group/orders",
  );
});
