import { parseArgs, ParseArgsConfig } from "node:util";
import { WrongUse } from "./wrong-use";

/** Reads the options of a command. One that it does not have is a wrong use. */
export function parseOptions<T extends ParseArgsConfig>(
  args: readonly string[],
  config: T,
): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs({ ...config, args: [...args] }) as ReturnType<typeof parseArgs<T>>;
  } catch (fault) {
    throw new WrongUse((fault as Error).message);
  }
}
