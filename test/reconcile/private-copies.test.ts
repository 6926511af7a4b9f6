/** Proves what a private copy of a stack's folder holds, and that nothing leads from it back into the folder. */
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { PrivateCopies } from "../../reconcile/private-copies";

const project = realpathSync(mkdtempSync(join(tmpdir(), "project-")));
const dir = join(project, "cdktf.out", "stacks", "one");
const copies = new PrivateCopies();

function write(path: string, text: string): void {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), text);
}

const STACK = "cdktf.out/stacks/one";
write(`${STACK}/cdk.tf.json`, '{"module": {"net": {"source": "../../../modules/net"}}}');
write(`${STACK}/extra.tf`, "");
write(`${STACK}/reconcile.tf.json`, "{}");
write(`${STACK}/terraform.tfstate`, "state");
write(`${STACK}/.terraform.lock.hcl`, "lock");
write(`${STACK}/assets/Fn/ABC/archive.zip`, "zip");
write(`${STACK}/.terraform/terraform.tfstate`, "backend");
write(`${STACK}/.terraform/environment`, "blue");
write(`${STACK}/.terraform/modules/modules.json`, "{}");
const PACKAGE = ".terraform/providers/registry.terraform.io/hashicorp/aws/5.100.0/linux_amd64";
write(`${STACK}/${PACKAGE}/terraform-provider-aws`, "binary");
write("modules/net/main.tf", "module");
write("elsewhere/key", "secret");
symlinkSync(join(project, "elsewhere", "key"), join(dir, "linked-file"));
symlinkSync("../../../elsewhere", join(dir, "linked-folder"));
symlinkSync("nowhere", join(dir, "linked-nowhere"));

const stack = { name: "../one", dir, dependencies: [], json: {}, model: undefined };
const copy = copies.of(stack);
const read = (path: string) => readFileSync(join(copy, path), "utf8");

afterAll(() => {
  copies.remove();
  rmSync(project, { recursive: true });
});

test("it has what Terraform reads, and not what 'reconcile' has told it before", () => {
  expect(readdirSync(copy).sort()).toEqual([
    ".terraform",
    ".terraform.lock.hcl",
    "assets",
    "cdk.tf.json",
    "extra.tf",
    "linked-file",
    "linked-folder",
    "terraform.tfstate",
  ]);
  expect(read("assets/Fn/ABC/archive.zip")).toBe("zip");
  expect(read(".terraform/terraform.tfstate")).toBe("backend");
  expect(read(".terraform/environment")).toBe("blue");
  expect(read(".terraform/modules/modules.json")).toBe("{}");
});

test("it has what lies above the folder at the same place above the copy", () => {
  expect(read("../../../modules/net/main.tf")).toBe("module");
});

test("its files are no links, so nothing is written through them", () => {
  expect(read("linked-file")).toBe("secret");
  expect(lstatSync(join(copy, "linked-file")).isFile()).toBe(true);
  const files = readdirSync(copy, { recursive: true, encoding: "utf8" });
  expect(files.filter((path) => lstatSync(join(copy, path)).isSymbolicLink()).sort()).toEqual([
    PACKAGE,
    "linked-folder",
  ]);
  expect(realpathSync(join(copy, PACKAGE))).toBe(join(dir, PACKAGE));
});

test("it is made once, in a folder that only this user can enter", () => {
  expect(copies.of(stack)).toBe(copy);
  const root = copy
    .split("/")
    .slice(0, tmpdir().split("/").length + 1)
    .join("/");
  expect(statSync(root).mode & 0o777).toBe(0o700);
});

test("it takes the data from the folder that TF_DATA_DIR names, and leaves its modules to Terraform", () => {
  const other = new PrivateCopies();
  process.env.TF_DATA_DIR = "data";
  try {
    write(`${STACK}/data/terraform.tfstate`, "other backend");
    write(`${STACK}/data/modules/modules.json`, "{}");
    const found = other.of(stack);
    expect(readFileSync(join(found, ".terraform", "terraform.tfstate"), "utf8")).toBe("other backend");
    expect(["data", ".terraform/modules"].filter((path) => existsSync(join(found, path)))).toEqual([]);
  } finally {
    delete process.env.TF_DATA_DIR;
    other.remove();
  }
});

test("it goes as a whole, and what it links to stays", () => {
  copies.remove();
  expect(existsSync(copy)).toBe(false);
  expect(readFileSync(join(dir, PACKAGE, "terraform-provider-aws"), "utf8")).toBe("binary");
});
