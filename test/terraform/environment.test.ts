/**
 * Proves which of the user's variables each kind of run gets, and that the tools pick variables nowhere else. Does not prove how Terraform
 * uses them.
 */
import { freshEnvironment, providersKeptIn, registryEnvironment, userEnvironment } from "../../terraform/environment";
import { typescriptBelow } from "../support/source-tree";

const USER = {
  PATH: "/bin",
  HOME: "/home/user",
  LC_ALL: "C",
  AWS_PROFILE: "work",
  aws_profile: "work",
  CDKTF_HOME: "/cdktf",
  HTTPS_PROXY: "http://proxy",
  no_proxy: "local",
  SECRET_TOKEN: "token",
  TF_CLI_ARGS_plan: "-refresh=false",
  TF_DATA_DIR: "data",
  TF_LOG_PATH: "log",
  TF_TOKEN_app_terraform_io: "token",
  TF_VAR_size: "1",
  TF_WORKSPACE: "blue",
};

const { env } = process;
beforeEach(() => void (process.env = { ...USER }));
afterEach(() => void (process.env = env));

test("the user's environment has every variable", () => {
  expect(userEnvironment()).toEqual(USER);
});

test.each([
  ["aws", ["AWS_PROFILE", "aws_profile"]],
  ["cdktf", ["CDKTF_HOME"]],
  ["proxies", ["HTTPS_PROXY", "no_proxy"]],
  ["terraformRun", ["TF_CLI_ARGS_plan", "TF_DATA_DIR", "TF_LOG_PATH", "TF_WORKSPACE"]],
  ["terraform", ["TF_CLI_ARGS_plan", "TF_DATA_DIR", "TF_LOG_PATH", "TF_TOKEN_app_terraform_io", "TF_WORKSPACE"]],
] as const)("the user's environment without '%s' lacks only %j", (group, missing) => {
  const left = userEnvironment(group);
  expect(Object.keys(USER).filter((name) => !(name in left))).toEqual(missing);
});

test("a fresh environment has no home, no credentials and no settings of Terraform", () => {
  expect(freshEnvironment()).toEqual({ PATH: "/bin", LC_ALL: "C", TF_VAR_size: "1" });
});

test("a registry is reached through the user's proxy", () => {
  expect(registryEnvironment()).toEqual({ HTTPS_PROXY: "http://proxy" });
});

test("a stack without a lock file uses kept providers without their checksums", () => {
  expect(providersKeptIn("/kept", true)).toEqual({ TF_PLUGIN_CACHE_DIR: "/kept" });
  expect(providersKeptIn("/kept", false)).toEqual({
    TF_PLUGIN_CACHE_DIR: "/kept",
    TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "1",
  });
});

/** Text of a file that picks variables of the user. The emulator's server is a Python program, which gets all of them. */
const PICKS = /\.\.\.process\.env|Object\.\w+\(process\.env\)/;

test("only one file of the tools picks the variables of the user", () => {
  const tools = typescriptBelow("terraform", "cli", "reconcile", "drills", "emulator");
  const found = tools.filter(({ text }) => PICKS.test(text)).map(({ path }) => path);
  expect(found).toEqual(["emulator/server-process.ts", "terraform/environment.ts"]);
});
