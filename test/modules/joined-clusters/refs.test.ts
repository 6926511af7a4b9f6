/** Proves how clusters and global clusters are named and found. Does not prove that AWS accepts the names. */
import { clusterRef, globalPlaceRef } from "../../../modules/joined-clusters";

const PLACE = { account: "111122223333", identifier: "orders", region: "ap-northeast-2", secondaryRegions: [] };

test("the ARN of a global cluster names no region", () => {
  expect(globalPlaceRef("test", PLACE, 1).arn).toBe("arn:aws:rds::111122223333:global-cluster:orders");
});

test("refs in China have the partition of China", () => {
  const china = { ...PLACE, region: "cn-north-1" };
  expect(globalPlaceRef("test", china, 1).arn).toBe("arn:aws-cn:rds::111122223333:global-cluster:orders");
  expect(clusterRef("test", china).arn).toBe("arn:aws-cn:rds:cn-north-1:111122223333:cluster:orders");
});

test("the ref of a global cluster does not share its list of regions with the caller", () => {
  const secondaryRegions = ["ap-northeast-1"];
  const ref = globalPlaceRef("test", { ...PLACE, secondaryRegions }, 1);
  secondaryRegions.push("eu-west-1");
  expect(ref.secondaryRegions).toEqual(["ap-northeast-1"]);
});
