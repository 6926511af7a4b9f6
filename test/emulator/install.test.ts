/** Proves whom an installation of the emulator waits for. Does not prove that what it installs works: the self-test does. */
import { install } from "../../emulator/install";

const onLinux = process.platform === "linux" ? test : test.skip;

onLinux(
  "a folder that cannot be written to is named at once",
  async () => {
    // not even root can create a file there
    await expect(install("/proc/self")).rejects.toThrow(
      /^the emulator cannot be installed in \/proc\/self: ENOENT: .*; make the folder writable$/,
    );
  },
  10_000,
);
