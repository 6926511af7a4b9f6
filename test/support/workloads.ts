import { Testing } from "cdktf";
import {
  autoScaling,
  bucket,
  dns,
  Duration,
  PilotLight,
  PilotLightProps,
  postgres,
  ssmImage,
  table,
} from "../../stacks";
import { synthApp, Synthesised } from "./synth";

const ACCOUNT = "111122223333";

export const SITES = {
  seoul: { region: "ap-northeast-2", account: ACCOUNT, state: { bucket: "acme-tf-seoul" } },
  tokyo: { region: "ap-northeast-1", account: ACCOUNT, state: { bucket: "acme-tf-tokyo" } },
};
export const OSAKA_SITE = { region: "ap-northeast-3", account: ACCOUNT, state: { bucket: "acme-tf-osaka" } };
/** Tokyo, in another account. */
export const ABROAD_SITE = {
  region: "ap-northeast-1",
  account: "444455556666",
  state: { bucket: "acme-tf-tokyo" },
  assumeRole: { roleArn: "arn:aws:iam::444455556666:role/terraform" },
};

export const OBJECTIVES = { rto: Duration.minutes(45), rpo: Duration.minutes(15) };

/** The page of the README: a database, a table, a bucket, instances and a name. */
export function shop(change: Partial<PilotLightProps> = {}): PilotLightProps {
  return {
    sites: SITES,
    objectives: OBJECTIVES,
    data: {
      ledger: postgres({ instanceClass: "db.r6g.large", storageGiB: 200 }),
      carts: table({ partitionKey: { name: "id", type: "S" } }),
      receipts: bucket(),
    },
    compute: {
      api: autoScaling({ image: ssmImage("/acme/api"), instanceType: "m7g.large", capacity: { active: 6 } }),
    },
    frontDoor: dns({ zone: "example.com", record: "orders" }),
    ...change,
  };
}

/** Every stack of an app that holds one pilot light called `orders`. */
export function synthShop(change: Partial<PilotLightProps> = {}): ReadonlyMap<string, Synthesised> {
  return synthApp((app) => new PilotLight(app, "orders", shop(change))).stacks;
}

/** Where a refusal is expected. */
export function defineShop(change: Partial<PilotLightProps> = {}, id = "orders"): () => PilotLight {
  return () => new PilotLight(Testing.app(), id, shop(change));
}
