/**
 * Proves that what a consumer can reach is typed and says what the project promises to say. Each rule is first shown a text
 * that breaks it. Does not prove that what is said is true.
 */
import { entryPoints } from "../scripts/entry-points";
import { docFaults, propsFaults, PublicSurface, undocumentedDefaults } from "./support/public-surface";
import { typeProgram } from "./support/type-program";

const BAD = `
import { Construct } from "constructs";
/** Props. */
export interface MediaProps {
  /** Days. @default 1 */
  readonly days?: number;
  /** Name. */
  name: string;
  /** Class. */
  readonly archive?: { readonly days?: number };
}
/**
 * A bucket.
 *
 * Site: any.
 * Cost: none.
 * On failover: nothing.
 */
export class Media extends Construct {
  readonly settings = JSON.parse("{}");
  private readonly hidden = JSON.parse("{}");
  from(text: any) { return JSON.parse(text); }
}
/** No construct: needs no four lines. */
export class Amount {}
`;

const bad = new PublicSurface(typeProgram([], new Map([["invented/index.ts", BAD]])), [
  { subPath: "./invented", folder: "invented" },
]);
const surface = new PublicSurface(typeProgram(entryPoints().map(({ folder }) => `${folder}/index.ts`)), entryPoints());

describe("every construct", () => {
  test("is recognised by the class that it extends", () => {
    expect(bad.constructs().map(({ name }) => name?.text)).toEqual(["Media"]);
    expect(surface.constructs().map(({ name }) => name?.text)).toEqual(
      expect.arrayContaining(["Site", "StateBackend", "SiteKey", "ReplicaKey"]),
    );
  });

  test("documents its site, the effects of a dark site and of a failover, and its cost, and links AWS's page", () => {
    expect(bad.constructs().flatMap(docFaults)).toEqual([
      "invented/index.ts:19 Media: says 'Site: Cost: On failover:', not 'Site: While the other site is dark: On failover: Cost:'",
      "invented/index.ts:19 Media: has no '@see' with AWS's page",
    ]);
    expect(surface.constructs().flatMap(docFaults)).toEqual([]);
  });
});

describe("every setting", () => {
  test("that can be left out says what holds without it", () => {
    expect(bad.interfaces.flatMap(undocumentedDefaults)).toEqual([
      "invented/index.ts:10 MediaProps.archive has no @default",
      "invented/index.ts:10 MediaProps.days has no @default",
    ]);
    expect(surface.interfaces.flatMap(undocumentedDefaults)).toEqual([]);
  });

  test("is in order: required, then optional from A to Z, all readonly", () => {
    const isProps = ({ name }: { name: { text: string } }) => name.text.endsWith("Props");
    expect(bad.interfaces.filter(isProps).flatMap(propsFaults)).toEqual([
      "invented/index.ts:4 MediaProps: 'name' is not readonly",
      "invented/index.ts:4 MediaProps: order is name, archive, days",
    ]);
    expect(surface.interfaces.filter(isProps).flatMap(propsFaults)).toEqual([]);
  });
});

describe("no public type", () => {
  test("is any", () => {
    expect(bad.anys()).toEqual([
      "invented/index.ts:20 settings is any",
      "invented/index.ts:22 from is any",
      "invented/index.ts:22 text is any",
    ]);
    expect(surface.anys()).toEqual([]);
  });
});
