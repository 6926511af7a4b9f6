/** Groups of the user's variables that a run may leave out. */
const VARIABLES = {
  aws: /^AWS_/i,
  cdktf: /^CDKTF_/i,
  proxies: /^(NO_PROXY|HTTPS?_PROXY|ALL_PROXY)$/i,
  /** All of Terraform's variables except `TF_VAR_*`, which are values of the stacks' variables. */
  terraform: /^TF_(?!VAR_)/i,
  /** Those of Terraform's variables that change how it runs. The others say how it reaches a registry, for example. */
  terraformRun: /^TF_(CLI_ARGS.*|DATA_DIR|LOG.*|WORKSPACE)$/i,
} as const;

/** The only variables of a fresh environment. None of them holds a credential. */
const FRESH = /^(PATH|LANG|LC_\w+|LD_LIBRARY_PATH|TZ|TERRAFORM_BINARY_NAME|TF_VAR_\w+)$/;

/** Terraform asks no question, and prints no advice about the next command. */
export const UNATTENDED = { TF_IN_AUTOMATION: "1", TF_INPUT: "0" } as const;

/** Terraform does not ask HashiCorp whether a newer version exists. */
export const NO_VERSION_CHECK = { CHECKPOINT_DISABLE: "1" } as const;

/** The user's environment, with credentials, without the named groups of variables. */
export function userEnvironment(...without: readonly (keyof typeof VARIABLES)[]): NodeJS.ProcessEnv {
  return pick((name) => !without.some((group) => VARIABLES[group].test(name)));
}

/** An environment of few variables, without the user's home and credentials. */
export function freshEnvironment(): NodeJS.ProcessEnv {
  return pick((name) => FRESH.test(name));
}

/** The variable that says how a registry is reached. */
export function registryEnvironment(): NodeJS.ProcessEnv {
  return pick((name) => /^HTTPS_PROXY$/i.test(name));
}

/**
 * Keeps downloaded providers in a folder. A stack without a lock file would download the kept providers again, to know their checksums.
 *
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#allowing-the-provider-plugin-cache-to-break-the-dependency-lock-file
 */
export function providersKeptIn(folder: string, isLocked: boolean): NodeJS.ProcessEnv {
  return { TF_PLUGIN_CACHE_DIR: folder, ...(!isLocked && { TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "1" }) };
}

function pick(isKept: (name: string) => boolean): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => isKept(name)));
}
