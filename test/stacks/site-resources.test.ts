/**
 * Proves that stores and compute work with a network and a key that the library did not create. The test gives them as plain objects.
 * Reads the JSON; does not prove that AWS accepts such a network.
 */
import { SiteKey } from "../../modules/kms-keys";
import {
  autoScaling,
  bucket,
  Compute,
  DataStore,
  fargate,
  KeyInSite,
  NetworkInSite,
  postgres,
  siteImage,
  ssmImage,
  valkey,
} from "../../stacks";
import { synthShop } from "../support/workloads";

const network: NetworkInSite = {
  cidr: "10.99.0.0/16",
  privateSubnetIds: ["subnet-0aaaaaaaaaaaaaaaa", "subnet-0bbbbbbbbbbbbbbbb"],
  publicSubnetIds: ["subnet-0cccccccccccccccc", "subnet-0dddddddddddddddd"],
  vpcId: "vpc-0123456789abcdef0",
};

function keyIn({ region, account }: { readonly region: string; readonly account: string }): KeyInSite {
  const kmsKeyArn = `arn:aws:kms:${region}:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
  return { kmsKeyArn, ref: SiteKey.refOf({ alias: "existing", region, account }) };
}

const storeInExisting = (store: DataStore): DataStore => ({
  ...store,
  inSite: (at) => store.inSite({ ...at, key: keyIn(at.site), network }),
});
const computeInExisting = (compute: Compute<undefined>): Compute<undefined> => ({
  ...compute,
  inSite: (at) => compute.inSite({ ...at, key: keyIn(at.site), network }),
});

const seoul = synthShop({
  data: {
    ledger: storeInExisting(postgres({ instanceClass: "db.r6g.large", storageGiB: 200 })),
    receipts: storeInExisting(bucket()),
    sessions: storeInExisting(valkey({ nodeType: "cache.r7g.large", users: { api: "on ~session:* +@read" } })),
  },
  compute: {
    api: computeInExisting(
      autoScaling({ image: ssmImage("/acme/api"), instanceType: "m7g.large", capacity: { active: 6 } }),
    ),
  },
}).get("orders-seoul")!;
const { kmsKeyArn } = keyIn({ region: "ap-northeast-2", account: "111122223333" });

test("stores use a network and a key given as plain objects", () => {
  expect(seoul.only("aws_db_subnet_group").subnet_ids).toEqual(network.privateSubnetIds);
  expect(seoul.only("aws_elasticache_subnet_group").subnet_ids).toEqual(network.privateSubnetIds);
  expect(seoul.only("aws_db_instance").kms_key_id).toBe(kmsKeyArn);
  expect(seoul.only("aws_elasticache_replication_group").kms_key_id).toBe(kmsKeyArn);
  expect(JSON.stringify(seoul.only("aws_s3_bucket_server_side_encryption_configuration"))).toContain(kmsKeyArn);
});

test("instances use a network and a key given as plain objects", () => {
  expect(seoul.only("aws_autoscaling_group").vpc_zone_identifier).toEqual(network.privateSubnetIds);
  expect(seoul.only("aws_lb").subnets).toEqual(network.publicSubnetIds);
  expect(JSON.stringify(seoul.only("aws_launch_template").block_device_mappings)).toContain(kmsKeyArn);
  const groups = seoul.all("aws_security_group").map(({ vpc_id }) => vpc_id);
  expect(new Set(groups)).toEqual(new Set([network.vpcId]));
});

test("containers use a network and a key given as plain objects", () => {
  const api = fargate({
    cpu: 512,
    memoryMiB: 1024,
    containers: { api: { image: siteImage({ name: "orders/api" }, "1"), ports: [8080] } },
    capacity: { active: 6 },
  });
  const stack = synthShop({ compute: { api: computeInExisting(api) } }).get("orders-seoul")!;
  expect(stack.only("aws_ecs_service").network_configuration).toMatchObject({ subnets: network.privateSubnetIds });
  const logs = stack.all("aws_cloudwatch_log_group").filter(({ name }) => (name as string).startsWith("/ecs/"));
  expect(new Set(logs.map(({ kms_key_id }) => kms_key_id))).toEqual(new Set([kmsKeyArn]));
});
