import { callRest } from "../../emulator";
import { PATIENCE_MS, startedEmulator, TOKYO } from "./support";

jest.setTimeout(PATIENCE_MS);

const emulator = startedEmulator();

async function call(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
  return (await callRest(emulator.current, `${TOKYO}/backup`, method, path, body)) as Record<string, unknown>;
}

test("AWS Backup answers a vault's tags with and without a slash at the end of the path", async () => {
  const { BackupVaultArn } = await call("PUT", "/backup-vaults/standby", { BackupVaultTags: { dr: "yes" } });
  const path = `/tags/${encodeURIComponent(BackupVaultArn as string)}`;
  expect(await call("GET", path)).toEqual({ Tags: { dr: "yes" } });
  expect(await call("GET", `${path}/`)).toEqual({ Tags: { dr: "yes" } });
});
