import { IConstruct } from "constructs";
import { plain, refuse } from "../core";

/** The engines that have global datastores. */
export type CacheEngine = "redis" | "valkey";

/** A full version of an engine. */
export interface CacheVersion {
  readonly engine: CacheEngine;
  /** Family of its parameter groups: `"valkey8"`. */
  readonly family: string;
  /** Clients can authenticate as IAM roles. */
  readonly iamAuthentication: boolean;
}

interface EngineFacts {
  readonly name: string;
  /** Families of the parameter groups of each minor version, and which of them authenticate by IAM. */
  readonly lines: readonly { readonly version: RegExp; readonly family: string; readonly iam: boolean }[];
  /** Versions for the refusal. */
  readonly known: string;
}

/**
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/supported-engine-versions.html
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/auth-iam.html
 */
const ENGINES: Readonly<Record<CacheEngine, EngineFacts>> = {
  redis: {
    name: "Redis OSS",
    lines: [
      { version: /^6\.2$/, family: "redis6.x", iam: false },
      { version: /^7\.[01]$/, family: "redis7", iam: true },
    ],
    known: "6.2, 7.0, 7.1",
  },
  valkey: {
    name: "Valkey",
    lines: [
      { version: /^7\.2$/, family: "valkey7", iam: true },
      { version: /^8\.\d$/, family: "valkey8", iam: true },
      { version: /^9\.\d$/, family: "valkey9", iam: true },
    ],
    known: "7.2, 8.x, 9.x",
  },
};

/** Reads a version with major and minor number: the clusters of a global datastore have the same. */
export function cacheVersion(scope: IConstruct | string, engine: CacheEngine, version: string): CacheVersion {
  const { name, lines, known } = ENGINES[engine];
  const line = lines.find((candidate) => candidate.version.test(plain(scope, "engineVersion", version)));
  if (line === undefined) {
    refuse(
      scope,
      "UnknownEngineVersion",
      `'engineVersion' must be one of ${name}'s ${known}, got '${version}'`,
      "give a version that ElastiCache offers, with its minor number",
    );
  }
  return { engine, family: line.family, iamAuthentication: line.iam };
}
