import { parseArgs, ParseArgsConfig } from "node:util";
import { didYouMean } from "./did-you-mean";
import { WrongUse } from "../terraform";

/** The options of a command, as `parseArgs` takes them. */
export type Options = NonNullable<ParseArgsConfig["options"]>;

/** Reads the options of a command. Throws {@link WrongUse} for an unknown option. */
export function parseOptions<T extends ParseArgsConfig & { readonly options: Options }>(
  args: readonly string[],
  config: T,
): ReturnType<typeof parseArgs<T>> {
  const { tokens } = parseArgs({ args: [...args], options: config.options, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind === "option") checkOption(config.options, token.rawName, token.name, token.value, token.inlineValue);
    if (token.kind === "positional" && config.allowPositionals !== true) {
      throw new WrongUse(`'${token.value}' is not an option, and the command takes only options; see --help`);
    }
  }
  return parseArgs({ ...config, args: [...args] }) as ReturnType<typeof parseArgs<T>>;
}

function checkOption(options: Options, rawName: string, name: string, value?: string, inline?: boolean): void {
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  if (option === undefined || !rawName.startsWith("--")) {
    const all = [...Object.keys(options), "help"].map((one) => `--${one}`);
    throw new WrongUse(`there is no option '${rawName}'; ${didYouMean(rawName, all) ?? "see --help"}`);
  }
  if (option.type === "boolean" && value !== undefined) {
    throw new WrongUse(`${rawName} takes no value, got '${value}'; write ${rawName} alone`);
  }
  if (option.type === "string" && !value) throw new WrongUse(`${rawName} needs a value; see --help`);
  if (option.type === "string" && inline !== true && value!.startsWith("-")) {
    throw new WrongUse(
      `${rawName} needs a value, got the option '${value}'; if it is the value, write ${rawName}=${value}`,
    );
  }
}
