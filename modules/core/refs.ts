import { ITerraformDependable } from "cdktf";

/** A plain-data pointer to something in a site, computable without creating it and without reading that site. */
export interface Ref {
  /** Physical name. */
  readonly name: string;
  readonly arn: string;
  readonly region: string;
  readonly account: string;
}

const made = new WeakMap<object, readonly ITerraformDependable[]>();

/**
 * Remembers what must exist before a ref can be used. A ref stays plain data; only who holds the very object that
 * `x.ref` returned, in the same stack, gets Terraform's `depends_on` from it.
 */
export function madeBy<R extends Ref>(ref: R, ...resources: ITerraformDependable[]): R {
  made.set(ref, resources);
  return ref;
}

/** What must exist before the ref can be used, empty for a ref computed from names. See {@link madeBy}. */
export function makersOf(ref: Ref): readonly ITerraformDependable[] {
  return made.get(ref) ?? [];
}
