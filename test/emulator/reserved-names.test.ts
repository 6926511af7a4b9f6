/**
 * Proves that the embedded AWS refuses names and tags that AWS reserves or cannot tell apart. It accepts the most similar ones that AWS
 * accepts.
 */
import { DescribeSubnetsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { CreateLoadBalancerCommand, ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { callJson } from "../../emulator";
import { PATIENCE_MS, startedEmulator, TOKYO } from "./support";

jest.setTimeout(PATIENCE_MS);

const emulator = startedEmulator();
const config = () => emulator.current.sdkConfig(TOKYO);

/** The code of an error, or "taken". */
async function answer(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "taken";
  } catch (fault) {
    return (fault as Error).name;
  }
}

test("S3 refuses buckets with a prefix or suffix it keeps", async () => {
  const s3 = new S3Client(config());
  const create = (Bucket: string) =>
    answer(s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: TOKYO } })));
  for (const name of [
    "xn--media",
    "sthree-media",
    "amzn-s3-demo-media",
    "media-s3alias",
    "media--ol-s3",
    "media--table-s3",
  ]) {
    expect([name, await create(name)]).toEqual([name, "InvalidBucketName"]);
  }
  for (const name of ["amzn-s3-media", "s3alias-media", "media-table-s3"]) {
    expect([name, await create(name)]).toEqual([name, "taken"]);
  }
  s3.destroy();
});

test("Elastic Load Balancing refuses a name that begins with internal-", async () => {
  const [ec2, balancing] = [new EC2Client(config()), new ElasticLoadBalancingV2Client(config())];
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({}));
  const subnets = Subnets.slice(0, 2).map(({ SubnetId }) => SubnetId!);
  const create = (Name: string) => answer(balancing.send(new CreateLoadBalancerCommand({ Name, Subnets: subnets })));
  expect(await create("internal-api")).toBe("ValidationError");
  expect(await create("internal")).toBe("taken");
  for (const client of [ec2, balancing]) client.destroy();
});

test("Systems Manager refuses parameters that begin with aws or ssm", async () => {
  const put = (Name: string) =>
    callJson(emulator.current, `${TOKYO}/ssm`, "AmazonSSM.PutParameter", { Name, Value: "1", Type: "String" });
  await expect(put("/aws-shop/home-is-seoul")).rejects.toThrow(/No access to reserved parameter name/);
  await expect(put("awslimits")).rejects.toThrow(/can't be prefixed with/);
  await expect(put("/ssmshop/home-is-seoul")).rejects.toThrow(/can't be prefixed with/);
  await expect(put("/shop-aws/home-is-seoul")).resolves.toMatchObject({ Version: 1 });
});

test("IAM refuses tags of a role that differ in case only", async () => {
  const send = async (Action: string, RoleName: string, keys: readonly string[]) => {
    const tags = keys.flatMap((key, at) => [
      [`Tags.member.${at + 1}.Key`, key],
      [`Tags.member.${at + 1}.Value`, "a"],
    ]);
    const document = JSON.stringify({ Version: "2012-10-17", Statement: [] });
    const response = await fetch(emulator.current.endpoint, {
      method: "POST",
      headers: { authorization: "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/iam/aws4_request" },
      body: new URLSearchParams([
        ...Object.entries({ Action, RoleName, AssumeRolePolicyDocument: document, Version: "2010-05-08" }),
        ...tags,
      ] as [string, string][]),
    });
    return /<Code>(\w+)</.exec(await response.text())?.[1] ?? response.status;
  };
  expect(await send("CreateRole", "one", ["Workload", "workload"])).toBe("InvalidInput");
  expect(await send("CreateRole", "two", ["Workload", "Work"])).toBe(200);
  expect(await send("TagRole", "two", ["team", "Team"])).toBe("InvalidInput");
  expect(await send("TagRole", "two", ["team", "Teams"])).toBe(200);
});
