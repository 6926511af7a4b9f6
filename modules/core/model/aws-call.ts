/** Names of one call in Step Functions. */
export interface AwsCall {
  /** The service's name in error names: `Rds`. */
  readonly service: string;
  /** End of a task's resource, after `arn:aws:states:::aws-sdk:`. */
  readonly resource: string;
  /** Parameters in the names of the API. */
  readonly parameters: readonly string[];
  /** Parameters that the API needs. @default - none */
  readonly required?: readonly string[];
  /** Members of parameters or answer whose keys are data, not names. They keep their spelling. @default - none */
  readonly dataKeys?: readonly string[];
  /** Errors in the names of the API, each with the name that a state machine catches. */
  readonly errors: Readonly<Record<string, string>>;
  /** A public state machine that uses the call with these names. @default - the names are derived by the SDK's rules and were not seen */
  readonly confirmed?: string;
}
