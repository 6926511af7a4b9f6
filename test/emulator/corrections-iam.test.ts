/** Proves that the embedded IAM refuses policies beyond AWS's lengths, and takes those within them. */
import { ACCOUNT, PATIENCE_MS, startedEmulator } from "./support";

jest.setTimeout(PATIENCE_MS);

const emulator = startedEmulator();

/** HTTP status, and the error's code where there is one. */
async function call(Action: string, parameters: Readonly<Record<string, string>>): Promise<[number, string?]> {
  const answer = await fetch(emulator.current.endpoint, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      authorization:
        "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0",
    },
    body: new URLSearchParams({ Version: "2010-05-08", Action, ...parameters }).toString(),
  });
  const code = /<Code>(\w+)<\/Code>/.exec(await answer.text())?.[1];
  return code === undefined ? [answer.status] : [answer.status, code];
}

const REFUSED = [409, "LimitExceeded"];
const DONE = [200];

/** A policy of exactly so many characters; the white space after it does not count. */
function policy(characters: number): string {
  const of = (Resource: string) =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Action: "s3:GetObject", Resource: `arn:aws:s3:::${Resource}` },
    });
  return `${of("a".repeat(characters - of("").length))}   \n`;
}

function trust(characters: number): string {
  const of = (Sid: string) =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: { Sid, Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
    });
  return of("a".repeat(characters - of("").length));
}

const RoleName = "orders";
const createRole = () => call("CreateRole", { RoleName, AssumeRolePolicyDocument: trust(200) });

test("all inline policies of a role have 10,240 characters at most; one that is put again counts once", async () => {
  await createRole();
  const put = (PolicyName: string, size: number) =>
    call("PutRolePolicy", { RoleName, PolicyName, PolicyDocument: policy(size) });
  expect(await put("one", 10_241)).toEqual(REFUSED);
  expect(await put("one", 10_240)).toEqual(DONE);
  expect(await put("two", 200)).toEqual(REFUSED);
  expect(await put("one", 10_040)).toEqual(DONE);
  expect(await put("two", 200)).toEqual(DONE);
});

test("a managed policy has 6,144 characters at most, in each of its versions", async () => {
  const create = (size: number) => call("CreatePolicy", { PolicyName: "orders", PolicyDocument: policy(size) });
  expect(await create(6_145)).toEqual(REFUSED);
  expect(await create(6_144)).toEqual(DONE);
  const version = (size: number) =>
    call("CreatePolicyVersion", {
      PolicyArn: `arn:aws:iam::${ACCOUNT}:policy/orders`,
      PolicyDocument: policy(size),
      SetAsDefault: "true",
    });
  expect(await version(6_145)).toEqual(REFUSED);
  expect(await version(6_144)).toEqual(DONE);
});

test("a trust policy has 2,048 characters at most", async () => {
  const create = (size: number) => call("CreateRole", { RoleName, AssumeRolePolicyDocument: trust(size) });
  expect(await create(2_049)).toEqual(REFUSED);
  expect(await create(2_048)).toEqual(DONE);
  const update = (size: number) => call("UpdateAssumeRolePolicy", { RoleName, PolicyDocument: trust(size) });
  expect(await update(2_049)).toEqual(REFUSED);
  expect(await update(2_048)).toEqual(DONE);
});

test("a role has ten managed policies at most; one that is attached again is no more", async () => {
  await createRole();
  const attach = (number: number) =>
    call("AttachRolePolicy", { RoleName, PolicyArn: `arn:aws:iam::${ACCOUNT}:policy/orders-${number}` });
  for (let number = 1; number <= 11; number += 1) {
    await call("CreatePolicy", { PolicyName: `orders-${number}`, PolicyDocument: policy(200) });
  }
  for (let number = 1; number <= 10; number += 1) expect(await attach(number)).toEqual(DONE);
  expect(await attach(11)).toEqual(REFUSED);
  expect(await attach(10)).toEqual(DONE);
});
