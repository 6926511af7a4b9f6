import { isObject, StackJson } from "./stack-json";

export interface LocalBackend {
  readonly path?: string;
  readonly [setting: string]: unknown;
}

export interface S3Backend {
  readonly bucket: string;
  readonly region: string;
  readonly key: string;
  readonly assume_role?: { readonly role_arn: string };
  readonly [setting: string]: unknown;
}

interface RequiredProvider {
  readonly source?: string;
  readonly version?: string;
}

/** Settings of the stack's backend in S3. Returns undefined if the state is elsewhere. */
export function s3Backend(stack: StackJson): S3Backend | undefined {
  return backend(stack, "s3") as S3Backend | undefined;
}

/** Settings of the stack's backend in a file. Returns undefined if the state is elsewhere. */
export function localBackend(stack: StackJson): LocalBackend | undefined {
  return backend(stack, "local");
}

function backend({ terraform }: StackJson, type: string): Readonly<Record<string, unknown>> | undefined {
  const backends = single(terraform?.backend);
  return single(backends?.[type]);
}

/** Providers that the stack asks for, by name. */
export function requiredProviders({ terraform }: StackJson): Readonly<Record<string, RequiredProvider>> {
  const declared = [terraform?.required_providers].flat().filter(isObject);
  return Object.assign({}, ...declared) as Readonly<Record<string, RequiredProvider>>;
}

/** A block may be a list of one object, or the object itself. */
function single(declared: unknown): Readonly<Record<string, unknown>> | undefined {
  const [first]: unknown[] = [declared].flat();
  return isObject(first) ? first : undefined;
}
