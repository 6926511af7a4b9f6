import { PATIENCE_MS, startedEmulator, TOKYO } from "./support";

jest.setTimeout(PATIENCE_MS);

const emulator = startedEmulator();

/** A signed call of AWS Backup, whose client the project does not install. */
async function call(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
  const answer = await fetch(emulator.current.endpoint + path, {
    method,
    body: body === undefined ? undefined : JSON.stringify(body),
    headers: {
      "content-type": "application/json",
      authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${TOKYO}/backup/aws4_request, SignedHeaders=host, Signature=0`,
    },
  });
  return (await answer.json()) as Record<string, unknown>;
}

test("AWS Backup answers a vault's tags with and without a slash at the end of the path", async () => {
  const { BackupVaultArn } = await call("PUT", "/backup-vaults/standby", { BackupVaultTags: { dr: "yes" } });
  const path = `/tags/${encodeURIComponent(BackupVaultArn as string)}`;
  expect(await call("GET", path)).toEqual({ Tags: { dr: "yes" } });
  expect(await call("GET", `${path}/`)).toEqual({ Tags: { dr: "yes" } });
});
