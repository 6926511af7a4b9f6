import { providersOf, regionsOf, StackFolder } from "./output-folder";
import { WrongUse } from "./wrong-use";

/** A region that stacks work in, and the sites of workloads in it. */
export interface NamedRegion {
  readonly region: string;
  readonly sites: readonly string[];
}

/** Every region that stacks work in. It excludes regions that only Terraform knows, such as the value of a variable. */
export function namedRegions(stacks: readonly StackFolder[]): readonly NamedRegion[] {
  const sites = stacks.flatMap(({ model }) => model?.sites ?? []);
  const regions = new Set(stacks.flatMap(regionsOf).filter(isPlain));
  return [...regions].map((region) => {
    const names = sites.filter((site) => site.region === region).map(({ name }) => name);
    return { region, sites: [...new Set(names)] };
  });
}

/** Picks the regions that `--dark` names, by region or by site. Without `--dark`, it picks all regions. */
export function pickDark(all: readonly NamedRegion[], asked: readonly string[]): readonly NamedRegion[] {
  const isNamed = ({ region, sites }: NamedRegion, name: string): boolean => region === name || sites.includes(name);
  const unknown = asked.find((name) => !all.some((one) => isNamed(one, name)));
  if (unknown !== undefined)
    throw new WrongUse(`no site '${unknown}'; there is: ${all.map(describe).join(", ") || "none"}`);
  return all.filter((one) => asked.length === 0 || asked.some((name) => isNamed(one, name)));
}

function describe({ region, sites }: NamedRegion): string {
  return sites.length === 0 ? region : `${sites.join(", ")} (${region})`;
}

/** Whether the JSON of a stack states the region of each AWS provider. */
export function saysItsRegions(stack: StackFolder): boolean {
  return providersOf(stack).every(({ region = "${" }) => isPlain(region));
}

function isPlain(region: string): boolean {
  return !region.includes("${");
}
