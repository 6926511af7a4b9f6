/**
 * Proves that the embedded AWS protects a file system from overwriting as EFS does. It ends a replication on one side or on both.
 * Does not prove that files are copied.
 */
import { askRest } from "../../emulator";
import { PATIENCE_MS, SEOUL, startedEmulator, TOKYO } from "./support";

jest.setTimeout(PATIENCE_MS);

const emulator = startedEmulator();
const ROOT = "/2015-02-01/file-systems";

async function efs(region: string, method: string, path: string, body?: unknown): Promise<[number, Answer]> {
  const [status, answer = {}] = await askRest(emulator.current, `${region}/elasticfilesystem`, method, path, body);
  return [status, answer as Answer];
}

interface Answer {
  readonly FileSystemId?: string;
  readonly FileSystems?: { FileSystemProtection: { ReplicationOverwriteProtection: string } }[];
  readonly Replications?: { SourceFileSystemId: string; Destinations: { Status: string }[] }[];
}

async function created(region: string): Promise<string> {
  const [, { FileSystemId }] = await efs(region, "POST", ROOT, { CreationToken: `media-${region}` });
  return FileSystemId!;
}

async function protectionOf(region: string, id: string): Promise<string> {
  const [, { FileSystems }] = await efs(region, "GET", `${ROOT}?FileSystemId=${id}`);
  return FileSystems![0]!.FileSystemProtection.ReplicationOverwriteProtection;
}

async function replicationsOf(region: string, id: string) {
  const [status, { Replications }] = await efs(region, "GET", `${ROOT}/replication-configurations?FileSystemId=${id}`);
  return status === 404 ? "none" : Replications!.map(({ Destinations }) => Destinations[0]!.Status);
}

const unprotect = (region: string, id: string) =>
  efs(region, "PUT", `${ROOT}/${id}/protection`, { ReplicationOverwriteProtection: "DISABLED" });
const replicate = (source: string, destination: string) =>
  efs(SEOUL, "POST", `${ROOT}/${source}/replication-configuration`, {
    Destinations: [{ Region: TOKYO, FileSystemId: destination }],
  });
const end = (region: string, source: string, mode = "") =>
  efs(region, "DELETE", `${ROOT}/${source}/replication-configuration${mode}`);

/** A replication from Seoul into Tokyo. */
async function pair(): Promise<{ source: string; destination: string }> {
  const [source, destination] = [await created(SEOUL), await created(TOKYO)];
  await unprotect(TOKYO, destination);
  await replicate(source, destination);
  return { source, destination };
}

test("a protected file system is not overwritten", async () => {
  const [source, destination] = [await created(SEOUL), await created(TOKYO)];
  expect(await protectionOf(TOKYO, destination)).toBe("ENABLED");
  expect((await replicate(source, destination))[0]).toBe(409);
});

test("a destination is being replicated into, and its protection is not the caller's to change", async () => {
  const { source, destination } = await pair();
  expect(await protectionOf(TOKYO, destination)).toBe("REPLICATING");
  expect((await unprotect(TOKYO, destination))[0]).toBe(409);
  expect([await replicationsOf(SEOUL, source), await replicationsOf(TOKYO, destination)]).toEqual([
    ["ENABLED"],
    ["ENABLED"],
  ]);
});

test("either region ends it on both sides, and the destination is protected again", async () => {
  const { source, destination } = await pair();
  expect((await end(TOKYO, source))[0]).toBe(204);
  expect(await protectionOf(TOKYO, destination)).toBe("ENABLED");
  expect([await replicationsOf(SEOUL, source), await replicationsOf(TOKYO, destination)]).toEqual(["none", "none"]);
  expect((await end(SEOUL, source))[0]).toBe(404);
});

test("the destination's region ends its own side alone, and leaves the source's failed", async () => {
  const { source, destination } = await pair();
  expect((await end(TOKYO, source, "?deletionMode=LOCAL_CONFIGURATION_ONLY"))[0]).toBe(204);
  expect(await protectionOf(TOKYO, destination)).toBe("ENABLED");
  expect([await replicationsOf(SEOUL, source), await replicationsOf(TOKYO, destination)]).toEqual([["ERROR"], "none"]);
  expect((await end(SEOUL, source))[0]).toBe(204);
});
