import { SsmParameter, SsmParameterConfig } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Construct, IConstruct } from "constructs";
import { checkName, claimName, declareProtection, Duration, literalText, madeBy, refuse } from "../core";
import { SecretRef } from "../secret-replica";
import { secretIdIn, storedValue } from "../secret-replica/internal";
import { EphemeralResource, refuseForeignArn, Site } from "../site";
import { OWN_PARAMETER, ParameterRef, parameterRef } from "./parameter-ref";
import { checkValue, ParameterValue, tierOf } from "./parameter-value";
import { checkProps } from "./shapes";

export interface ParameterCopiesProps {
  /**
   * Value of each parameter by its name, the same object in every site: `"/orders/api/limit": plainText("100")`. Names that begin with a
   * slash have up to 15 levels.
   */
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  /**
   * ARN of the site's key, for those of type SecureString.
   *
   * @default - none; it is needed where there is one
   */
  readonly kmsKeyArn?: string;
  /**
   * Takes over parameters of these names that exist already, and writes over what they hold.
   *
   * @default false
   */
  readonly overwrites?: boolean;
}

/**
 * Parameters that are the same in every site. Parameter Store does not copy parameters to other regions. Each site's stack writes its own
 * parameters from values that are known at synth. No site reads the parameters of another site.
 *
 * Values of type String and StringList are in the code, the plan and the state, where a reviewer sees them. A SecureString passes
 * through a write-only argument, and is in none of them.
 *
 * Site: each.
 * While the other site is dark: works; that one has the values of its last apply.
 * On failover: nothing happens.
 * Cost: none for standard parameters; what is longer than 4 KB by the month.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-parameter-store.html
 */
export class ParameterCopies extends Construct {
  /** The parameter of a name in some site, without creating it. */
  static refOf(at: { readonly name: string; readonly region: string; readonly account: string }): ParameterRef {
    return parameterRef("ParameterCopies.refOf", at);
  }

  /** The parameters of this site, by name. */
  readonly refs: Readonly<Record<string, ParameterRef>>;
  readonly resources: Readonly<Record<string, SsmParameter>>;

  constructor(scope: Construct, id: string, props: ParameterCopiesProps) {
    super(scope, id);
    checkProps(this, "ParameterCopiesProps", props);
    const { region, account, siteName } = Site.of(this);
    checkParameters(this, props);

    const made = Object.entries(props.parameters).map(([name, value]) => {
      const resource = createParameter(this, name, value, props);
      return { name, resource, ref: madeBy(parameterRef(this, { name, region, account }), resource) };
    });
    this.resources = Object.fromEntries(made.map(({ name, resource }) => [name, resource]));
    this.refs = Object.fromEntries(made.map(({ name, ref }) => [name, ref]));
    declareProtection(this, {
      protection: {
        mechanism: "the same parameters written to each site from code",
        copiesIn: [siteName],
        loss: {
          value: Duration.seconds(0),
          basis: "configured",
          source: "https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-parameter-store.html",
          note: "a value that was changed by hand is in its own site alone",
        },
      },
      recovery: [],
      evidence: [],
    });
  }
}

function checkParameters(scope: IConstruct, { kmsKeyArn, parameters }: ParameterCopiesProps): void {
  for (const [name, value] of Object.entries(parameters)) {
    checkName(scope, "parameters", name, OWN_PARAMETER);
    checkValue(scope, `parameters.${name}`, value);
    if (value.type === "SecureString" && kmsKeyArn === undefined) {
      refuse(scope, "MissingSetting", `'parameters.${name}' is a SecureString, and 'kmsKeyArn' is not set`);
    }
    claimName(scope, OWN_PARAMETER, name, Site.of(scope));
  }
  if (kmsKeyArn !== undefined) refuseForeignArn(scope, "kmsKeyArn", kmsKeyArn, ["kms"]);
}

function createParameter(
  copies: ParameterCopies,
  name: string,
  value: ParameterValue,
  { kmsKeyArn, overwrites }: ParameterCopiesProps,
): SsmParameter {
  const { options, type } = value;
  return new SsmParameter(copies, `Parameter-${name}`, {
    name,
    type,
    ...valueConfig(copies, name, value),
    keyId: type === "SecureString" ? kmsKeyArn : undefined,
    dataType: "text",
    tier: tierOf(value),
    allowedPattern: options.allowedPattern && literalText(options.allowedPattern),
    description: options.description && literalText(options.description),
    overwrite: overwrites ? true : undefined,
  });
}

/** `insecure_value` is what a plan shows; `value` would be in the state as well, and hide from reviewers what changes. */
function valueConfig(copies: ParameterCopies, name: string, value: ParameterValue): Partial<SsmParameterConfig> {
  const { items, options, secret, writeOnly } = value;
  if (items !== undefined) return { insecureValue: literalText(items.join(",")) };
  const valueWo = secret === undefined ? writeOnly : readSecret(copies, `Secret-${name}`, secret, options.jsonKey);
  return { valueWo, valueWoVersion: options.version ?? 1 };
}

/** Read where it is written: the replica of the site serves while the home is dark. */
function readSecret(copies: ParameterCopies, id: string, secret: SecretRef, jsonKey?: string): string {
  const read = new EphemeralResource(copies, id, {
    type: "aws_secretsmanager_secret_version",
    arguments: { secret_id: secretIdIn(copies, secret) },
  });
  return storedValue(read, jsonKey);
}
