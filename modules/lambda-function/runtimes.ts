/**
 * Runtimes that functions can still be created with.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
 */
export type Runtime =
  | "nodejs20.x"
  | "nodejs22.x"
  | "nodejs24.x"
  | "python3.10"
  | "python3.11"
  | "python3.12"
  | "python3.13"
  | "python3.14"
  | "java11"
  | "java17"
  | "java21"
  | "java25"
  | "dotnet8"
  | "dotnet10"
  | "ruby3.3"
  | "ruby3.4"
  | "provided.al2023";

/** @see https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html */
export const SNAP_START_RUNTIMES: readonly Runtime[] = [
  "python3.12",
  "python3.13",
  "python3.14",
  "java11",
  "java17",
  "java21",
  "java25",
  "dotnet8",
  "dotnet10",
];
