/** Sizes of documents and names in a world, measured as AWS measures them. */
import { resolved } from "./created-arns";
import { DOCUMENTS, ENVIRONMENT, INLINE_POLICIES, Limit, NAMES } from "./size-limits";
import { documentIn } from "./texts";
import { blocksIn, fault, follow, Thing, World, textOf } from "./world";

interface Size {
  readonly thing: Thing;
  /** The measured argument: `aws_kms_key.policy`. */
  readonly what: string;
  readonly size: number;
  readonly limit: Limit;
}

/** Every size in a world that AWS limits. */
function sizesOf(world: World): Size[] {
  const limited = { ...DOCUMENTS, ...NAMES };
  const single = world.things.flatMap((thing) =>
    Object.entries(thing.block).flatMap(([argument, value]) => {
      const what = `${thing.type}.${argument}`;
      const limit = limited[what];
      if (limit === undefined || typeof value !== "string") return [];
      return [{ thing, what, size: sizeOf(thing, value), limit }];
    }),
  );
  return [...single, ...inlinePolicies(world), ...environments(world)];
}

/** An id that AWS gives is measured as its address, which is longer. */
function sizeOf(thing: Thing, text: string): number {
  const whole = resolved(thing, text);
  const document = documentIn(whole);
  return Buffer.byteLength(document === undefined ? whole : JSON.stringify(document));
}

/** A policy names its role by reference in the role's stack, by name in another stack. */
function inlinePolicies(world: World): Size[] {
  const policies = world.things.filter(({ type }) => type === "aws_iam_role_policy");
  const roles = world.things.filter(({ type }) => type === "aws_iam_role");
  return roles.map((role) => {
    const own = policies.filter((policy) => {
      if (follow(policy, policy.block.role) === role) return true;
      return policy.block.role === role.block.name && policy.place.account === role.place.account;
    });
    const size = own.reduce((sum, policy) => sum + sizeOf(policy, textOf(policy.block.policy)), 0);
    return { thing: role, what: "inline policies of a role", size, limit: INLINE_POLICIES };
  });
}

function environments(world: World): Size[] {
  return world.things.flatMap((thing) =>
    thing.type !== "aws_lambda_function"
      ? []
      : blocksIn(thing.block.environment).map(({ variables = {} }) => {
          const size = Object.entries(variables as Record<string, string>)
            .map(([name, value]) => Buffer.byteLength(name + resolved(thing, value)))
            .reduce((sum, one) => sum + one, 0);
          return { thing, what: "environment of a function", size, limit: ENVIRONMENT };
        }),
  );
}

/** Every size above its limit. */
export function sizeFaults(world: World): string[] {
  return sizesOf(world)
    .filter(({ size, limit }) => size > limit.limit)
    .map(({ thing, what, size, limit }) => {
      return fault(world, thing, `${what} has ${size}, AWS takes ${limit.limit} (${limit.page})`);
    });
}
