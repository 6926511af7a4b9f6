import { ITerraformDependable, TerraformResource, TerraformStack } from "cdktf";
import { IConstruct } from "constructs";

/** A plain-data pointer to something in a site, computable without creating it and without reading that site. */
export interface Ref {
  /** Physical name. */
  readonly name: string;
  readonly arn: string;
  readonly region: string;
  readonly account: string;
}

const made = new WeakMap<object, readonly TerraformResource[]>();

/**
 * Remembers what must exist before a ref can be used. A ref stays plain data; only who holds the very object that
 * `x.ref` returned, in the same stack, gets Terraform's `depends_on` from it.
 */
export function madeBy<R extends Ref>(ref: R, ...resources: TerraformResource[]): R {
  made.set(ref, resources);
  return ref;
}

/** A ref with further fields; what made it must exist before either is used. */
export function extendedRef<R extends Ref, F extends object>(ref: R, fields: F): R & F {
  return madeBy({ ...ref, ...fields }, ...(made.get(ref) ?? []));
}

/**
 * What must exist in the stack of `scope` before the refs can be used there, for a resource's `dependsOn`: nothing for refs
 * computed from names or made in another stack. See {@link madeBy}.
 */
export function makersOf(scope: IConstruct, ...refs: readonly Ref[]): ITerraformDependable[] | undefined {
  const stack = TerraformStack.of(scope);
  const makers = refs.flatMap((ref) => made.get(ref) ?? []).filter((resource) => TerraformStack.of(resource) === stack);
  return makers.length > 0 ? makers : undefined;
}
