/** The shop of the examples: the properties that are the same in every pattern. */
import { bucket, dns, Duration, postgres, ssmImage, table } from "cdktf-aws-dr/stacks";

export const SITES = {
  seoul: { region: "ap-northeast-2", account: "111122223333", state: { bucket: "acme-tf-seoul" } },
  tokyo: { region: "ap-northeast-1", account: "111122223333", state: { bucket: "acme-tf-tokyo" } },
};

export const API = {
  image: ssmImage("/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64"),
  instanceType: "m7g.large",
  uses: ["ledger", "carts", "receipts"],
};

/** @param record name of the shop below the zone */
export function shop(record: string) {
  return {
    sites: SITES,
    objectives: { rto: Duration.minutes(45), rpo: Duration.minutes(15) },
    data: {
      ledger: postgres({ instanceClass: "db.r6g.large", storageGiB: 200 }),
      carts: table({ partitionKey: { name: "id", type: "S" } }),
      receipts: bucket(),
    },
    frontDoor: dns({ zone: "example.com", record }),
  };
}
