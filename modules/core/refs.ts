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
 * Records the resources that must exist before a ref can be used. A ref stays plain data. Only the object that `x.ref` returned, used in
 * the same stack, adds Terraform's `depends_on`.
 */
export function madeBy<R extends Ref>(ref: R, ...resources: TerraformResource[]): R {
  made.set(ref, resources);
  return ref;
}

/** A ref with further fields. It depends on the same resources as the original ref. */
export function extendedRef<R extends Ref, F extends object>(ref: R, fields: F): R & F {
  return madeBy({ ...ref, ...fields }, ...(made.get(ref) ?? []));
}

/**
 * Returns the resources that a resource in the stack of `scope` must put into `dependsOn` when it uses the refs. Refs that were computed
 * from names or created in another stack have none. See {@link madeBy}.
 */
export function makersOf(scope: IConstruct, ...refs: readonly Ref[]): ITerraformDependable[] | undefined {
  const stack = TerraformStack.of(scope);
  const makers = refs.flatMap((ref) => made.get(ref) ?? []).filter((resource) => TerraformStack.of(resource) === stack);
  return makers.length > 0 ? makers : undefined;
}
