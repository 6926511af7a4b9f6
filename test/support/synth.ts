import { App, TerraformElement, TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DrError, RefusalCode } from "../../modules/core";
import { Site, SiteProps } from "../../modules/site";

/** A value in Terraform's JSON. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
/** One resource or data source as Terraform reads it, without cdktf's comment. */
export type Block = { [key: string]: Json };

export const SEOUL: SiteProps = { region: "ap-northeast-2", account: "111122223333" };
export const TOKYO: SiteProps = { region: "ap-northeast-1", account: "111122223333" };
export const OSAKA: SiteProps = { region: "ap-northeast-3", account: "111122223333" };
/** Tokyo, in another account. */
export const TOKYO_ABROAD: SiteProps = { region: "ap-northeast-1", account: "444455556666" };

/** The synthesised JSON of a scope, with the only methods that tests use to read it. */
export class Synthesised {
  constructor(
    /** The text as written to `cdk.tf.json`. */
    readonly text: string,
    /** Construct path below the stack by logical id; read from cdktf's comments where those are written. */
    private readonly paths: ReadonlyMap<string, string> = new Map(),
  ) {
    if (this.addresses().length === 0 && this.json.removed === undefined) {
      throw new Error("nothing was defined: the scope synthesises to no resource");
    }
  }

  get json(): { [section: string]: Json } {
    return JSON.parse(this.text) as { [section: string]: Json };
  }

  /** Every resource and data source: `aws_s3_bucket.Media_3F2504E0`. */
  addresses(): string[] {
    return this.blocks().map(({ address }) => address);
  }

  /** Types of all resources and data sources, one entry each, sorted. Data sources begin with `data.`. */
  types(): string[] {
    return this.blocks()
      .map(({ type }) => type)
      .sort();
  }

  /** The one resource of a type. Fails when there are none or several. */
  only(type: string): Block {
    const found = this.all(type);
    if (found.length !== 1) throw new Error(`expected one ${type}, found ${found.length}: ${this.types().join(", ")}`);
    return found[0]!;
  }

  /** All resources of a type, in the order of their construct paths. */
  all(type: string): Block[] {
    return this.blocks()
      .filter((block) => block.type === type)
      .map(({ block }) => block);
  }

  /** The resource of a construct path below the stack: `Seoul/Media/Resource`. */
  at(path: string): Block {
    const found = this.blocks().filter((block) => block.path === path);
    if (found.length !== 1) {
      const known = this.blocks().map((block) => block.path);
      throw new Error(`expected one resource at ${path}, found ${found.length} in: ${known.join(", ")}`);
    }
    return found[0]!.block;
  }

  private blocks(): { type: string; address: string; path: string; block: Block }[] {
    const { resource = {}, data = {} } = JSON.parse(this.text) as {
      resource?: Record<string, Record<string, Block>>;
      data?: Record<string, Record<string, Block>>;
    };
    return [...this.flatten(resource, ""), ...this.flatten(data, "data.")].sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  private flatten(section: Record<string, Record<string, Block>>, prefix: string) {
    return Object.entries(section).flatMap(([name, blocks]) =>
      Object.entries(blocks).map(([id, { "//": comment, ...block }]) => {
        const written = (comment as { metadata?: { path: string } } | undefined)?.metadata?.path;
        // cdktf writes no comment into a remote state
        const known = name === "terraform_remote_state" ? id : this.paths.get(id);
        const path = written?.split("/").slice(1).join("/") ?? known;
        if (path === undefined) throw new Error(`no construct path for ${prefix}${name}.${id}`);
        return { type: prefix + name, address: `${prefix}${name}.${id}`, path, block };
      }),
    );
  }
}

/**
 * Synthesises the constructs that `define` creates in a stack, through `Testing.synthScope`. It adds checks of `app.synth()` that
 * `synthScope` skips: it runs validations, refuses tokens of other stacks, and fails on an empty result.
 */
export function synth(define: (scope: Construct) => void): Synthesised {
  const paths = new Map<string, string>();
  const text = Testing.synthScope((scope) => {
    define(scope);
    const stack = TerraformStack.of(scope);
    stack.prepareStack();
    stack.runAllValidations();
    for (const element of stack.node.findAll().filter((node) => TerraformElement.isTerraformElement(node))) {
      paths.set(stack.getLogicalId(element), element.node.path.split("/").slice(1).join("/"));
    }
  });
  return new Synthesised(text, paths);
}

/** {@link synth} for constructs in one site, by default in Seoul's region. */
export function synthInSite(define: (site: Site) => void, props: SiteProps = SEOUL): Synthesised {
  return synth((scope) => define(new Site(scope, "Site", { name: "seoul", ...props })));
}

/** Runs `app.synth()` on a fresh app and returns every stack by name, and the folder they were written to. */
export function synthApp(define: (app: App) => void): { stacks: Map<string, Synthesised>; outdir: string } {
  const app = Testing.app();
  define(app);
  app.synth();
  const manifest = JSON.parse(readFileSync(join(app.outdir, "manifest.json"), "utf8")) as {
    stacks: Record<string, { synthesizedStackPath: string }>;
  };
  const stacks = Object.entries(manifest.stacks).map(([name, { synthesizedStackPath }]) => {
    return [name, new Synthesised(readFileSync(join(app.outdir, synthesizedStackPath), "utf8"))] as const;
  });
  return { stacks: new Map(stacks), outdir: app.outdir };
}

/** The refusal that `action` throws. Fails when it throws none, or something else. */
export function refusal(action: () => unknown): DrError {
  try {
    action();
  } catch (error) {
    if (error instanceof DrError) return error;
    throw error;
  }
  throw new Error("expected a refusal, nothing was thrown");
}

/** Asserts that an input is refused: with this code, where it was written, saying what was got. */
export function expectRefusal(action: () => unknown, code: RefusalCode, problem: string | RegExp, path?: string): void {
  const { code: got, problem: text, path: where } = refusal(action);
  expect({ code: got, problem: text }).toEqual({
    code,
    problem: typeof problem === "string" ? problem : (expect.stringMatching(problem) as string),
  });
  if (path !== undefined) expect(where).toBe(path);
}

/** {@link expectRefusal} for what is created in one site, by default Seoul's region. */
export function expectRefusalInSite(
  define: (site: Site) => unknown,
  code: RefusalCode,
  problem: string | RegExp,
  path?: string,
): void {
  const site = new Site(new TerraformStack(Testing.app(), "stack"), "Site", { name: "seoul", ...SEOUL });
  expectRefusal(() => define(site), code, problem, path);
}
