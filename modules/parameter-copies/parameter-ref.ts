import { IConstruct } from "constructs";
import { arn, checkAccount, checkName, NameRule, partitionOf, Ref, Statement } from "../core";

/** @see https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html */
export const PARAMETER: NameRule = {
  what: "SSM parameter name",
  min: 1,
  max: 1011,
  pattern: /^([\w.-]+|(\/[\w.-]+){1,15})$/,
  allowed: "letters, digits and any of ._-, after a slash for each of up to 15 levels, or without any slash",
  unique: "region",
  source: "https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html",
};

/** Names that AWS keeps for its own parameters can be read, and not written. */
export const OWN_PARAMETER: NameRule = {
  ...PARAMETER,
  pattern: /^(?!\/?(aws|ssm))([\w.-]+|(\/[\w.-]+){1,15})$/i,
  allowed: `${PARAMETER.allowed}, not beginning with 'aws' or 'ssm'`,
};

/** A parameter in some site, pointed to by its name. */
export interface ParameterRef extends Ref {
  /** With its hierarchy: `/orders/api/endpoint`. */
  readonly name: string;
}

/** Points to the parameter of a name, without creating or reading it. */
export function parameterRef(
  scope: IConstruct | string,
  at: { readonly name: string; readonly region: string; readonly account: string },
): ParameterRef {
  const name = checkName(scope, "name", at.name, PARAMETER);
  const account = checkAccount(scope, at.account);
  const { region } = at;
  const resource = `parameter/${name.replace(/^\//, "")}`;
  return {
    name,
    arn: arn({ partition: partitionOf(scope, region), service: "ssm", region, account, resource }),
    region,
    account,
  };
}

/**
 * Statements for a role that reads parameters in their own site.
 *
 * @param kmsKeyArn ARN of the key of those of type SecureString
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/services-parameter-store.html
 */
export function parameterReadStatements(parameters: readonly ParameterRef[], kmsKeyArn?: string): readonly Statement[] {
  const resources = parameters.map((parameter) => parameter.arn);
  const decrypt = {
    sid: "DecryptParameters",
    actions: ["kms:Decrypt"],
    resources: [kmsKeyArn ?? ""],
    conditions: { StringEquals: { "kms:EncryptionContext:PARAMETER_ARN": resources } },
  };
  return [
    { sid: "ReadParameters", actions: ["ssm:GetParameter", "ssm:GetParameters"], resources },
    ...(kmsKeyArn === undefined ? [] : [decrypt]),
  ];
}
