/**
 * Proves what the emulator answers for a vault's tags, policy and lock, as AWS does. Does not prove that AWS Backup enforces more than that,
 * nor anything about jobs: the emulator has none.
 */
import { askRest, assumeRole, callRest } from "../../emulator";
import { ACCOUNT, PATIENCE_MS, startedEmulator, TOKYO } from "./support";

jest.setTimeout(PATIENCE_MS);

const emulator = startedEmulator();
const SCOPE = `${TOKYO}/backup`;
const VAULT = "/backup-vaults/standby";
const VAULT_ARN = `arn:aws:backup:${TOKYO}:${ACCOUNT}:backup-vault:standby`;
const role = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`;

async function call(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
  return (await callRest(emulator.current, SCOPE, method, path, body)) as Record<string, unknown>;
}

/** The status and the code of the answer to a role, or to the account's root user. */
async function ask(principal: string, method: string, path: string, body?: unknown): Promise<unknown[]> {
  const accessKeyId =
    principal === "root" ? undefined : (await assumeRole(emulator.current, principal, TOKYO)).accessKeyId;
  const [status, answer] = await askRest(emulator.current, SCOPE, method, path, body, accessKeyId);
  return [status, ...(status === 200 ? [] : [answer])];
}

test("AWS Backup answers a vault's tags with and without a slash at the end of the path", async () => {
  const { BackupVaultArn } = await call("PUT", VAULT, { BackupVaultTags: { dr: "yes" } });
  const path = `/tags/${encodeURIComponent(BackupVaultArn as string)}`;
  expect(await call("GET", path)).toEqual({ Tags: { dr: "yes" } });
  expect(await call("GET", `${path}/`)).toEqual({ Tags: { dr: "yes" } });
});

describe("the policy of a vault", () => {
  const policyOf = (...statements: object[]) => ({
    Policy: JSON.stringify({ Version: "2012-10-17", Statement: statements }),
  });
  const deny = (actions: string | string[], ...administrators: string[]) => ({
    Effect: "Deny",
    Principal: "*",
    Action: actions,
    Resource: "*",
    ...(administrators.length > 0 && { Condition: { ArnNotLike: { "aws:PrincipalArn": administrators } } }),
  });
  const CHANGES = ["backup:PutBackupVaultAccessPolicy", "backup:DeleteBackupVaultAccessPolicy"];
  const refused = (principal: string, action: string) => [
    403,
    {
      __type: "AccessDeniedException",
      message: `User: ${principal} is not authorized to perform: backup:${action} on resource: ${VAULT_ARN} with an explicit deny in a resource-based policy`,
    },
  ];

  beforeEach(async () => {
    await call("PUT", VAULT, {});
  }, PATIENCE_MS);

  test("denies its own change to all but those it names, and to the root user", async () => {
    const policy = policyOf(deny(CHANGES, role("terraform"), role("sso/*/admin")));
    await call("PUT", `${VAULT}/access-policy`, policy);

    const root = `arn:aws:iam::${ACCOUNT}:root`;
    for (const [principal, arn] of [
      [role("deploy"), role("deploy")],
      ["root", root],
    ] as const) {
      expect(await ask(principal, "PUT", `${VAULT}/access-policy`, policyOf())).toEqual(
        refused(arn, "PutBackupVaultAccessPolicy"),
      );
      expect(await ask(principal, "DELETE", `${VAULT}/access-policy`)).toEqual(
        refused(arn, "DeleteBackupVaultAccessPolicy"),
      );
    }
    expect(await call("GET", `${VAULT}/access-policy`)).toMatchObject(policy);
    expect(await ask(role("terraform"), "PUT", `${VAULT}/access-policy`, policy)).toEqual([200]);
    expect(await ask(role("sso/eu/admin"), "DELETE", `${VAULT}/access-policy`)).toEqual([200]);
    expect(await ask("root", "PUT", `${VAULT}/access-policy`, policy)).toEqual([200]);
  });

  test("of which another condition, an Allow or another action denies nothing", async () => {
    const elsewhere = { ...deny(CHANGES), Condition: { StringEquals: { "aws:SourceVpc": "vpc-1" } } };
    const allow = { ...deny(CHANGES), Effect: "Allow" };
    await call("PUT", `${VAULT}/access-policy`, policyOf(elsewhere, allow, deny("backup:DeleteRecoveryPoint")));
    expect(await ask(role("deploy"), "DELETE", `${VAULT}/access-policy`)).toEqual([200]);
  });

  test("denies the deletion of the vault, and goes with it", async () => {
    await call("PUT", `${VAULT}/access-policy`, policyOf(deny("backup:DeleteBackupVault", role("terraform"))));
    expect(await ask(role("deploy"), "DELETE", VAULT)).toEqual(refused(role("deploy"), "DeleteBackupVault"));
    expect(await ask(role("terraform"), "DELETE", VAULT)).toEqual([200]);
    await call("PUT", VAULT, {});
    expect((await askRest(emulator.current, SCOPE, "GET", `${VAULT}/access-policy`))[1]).toMatchObject({
      __type: "ResourceNotFoundException",
    });
  });
});

describe("the lock of a vault", () => {
  test.each([
    ["fewer than three days of grace", { ChangeableForDays: 2 }, { ChangeableForDays: 3 }],
    ["no day of retention", { MinRetentionDays: 0 }, { MinRetentionDays: 1 }],
    ["more days of retention than AWS keeps anything", { MaxRetentionDays: 36_501 }, { MaxRetentionDays: 36_500 }],
    [
      "a longest retention below the shortest",
      { MinRetentionDays: 31, MaxRetentionDays: 30 },
      { MinRetentionDays: 30, MaxRetentionDays: 30 },
    ],
    ["more days of grace than 36,500", { ChangeableForDays: 36_501 }, { ChangeableForDays: 36_500 }],
  ])("takes no lock with %s", async (_, wrong, right) => {
    await call("PUT", VAULT, {});
    const [status, answer] = await askRest(emulator.current, SCOPE, "PUT", `${VAULT}/vault-lock`, wrong);
    expect([status, answer]).toEqual([
      400,
      expect.objectContaining({ __type: "InvalidParameterValueException" }) as object,
    ]);
    expect(await ask("root", "PUT", `${VAULT}/vault-lock`, right)).toEqual([200]);
  });
});
