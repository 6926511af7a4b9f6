// Loaded before a measured program: writes the most memory it ever held, in KiB, to the file that PEAK_MEMORY_FILE names.
// Linux hands getrusage's figure down from the parent; VmHWM belongs to the process alone.
const { readFileSync, writeFileSync } = require("node:fs");

process.on("exit", () => {
  let peak = process.resourceUsage().maxRSS;
  try {
    peak = Number(/VmHWM:\s*(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))[1]);
  } catch {
    // no such file on this system
  }
  writeFileSync(process.env.PEAK_MEMORY_FILE, String(peak));
});
