import { Construct } from "constructs";
import { denySwitches, Statement, trustService } from "../core";
import { attachManagedPolicies, CreatedRole, createRole } from "../iam-role";
import { logStreamsArn } from "../log-group";
import { Site } from "../site";
import { sendStatements } from "./failure-destination";
import { LambdaFunctionProps } from "./function-props";
import { FunctionRef } from "./function-ref";

/** @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html */
const INTERFACE_ACTIONS = [
  "ec2:AssignPrivateIpAddresses",
  "ec2:CreateNetworkInterface",
  "ec2:DeleteNetworkInterface",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSubnets",
  "ec2:UnassignPrivateIpAddresses",
];

/**
 * Creates the function's role. It may write the function's log, decrypt its environment, and do what the user allows.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
 */
export function createFunctionRole(
  scope: Construct,
  ref: FunctionRef,
  props: LambdaFunctionProps & { readonly logGroupName: string },
): CreatedRole {
  const { asynchronous, environment, network, statements = [], tracing } = props;
  const { role, policies } = createRole(scope, "Role", {
    name: ref.roleName,
    description: `Function ${ref.name}`,
    trust: trustService("lambda.amazonaws.com"),
    forceDetachPolicies: true, // an event source of another stack adds a policy, and Terraform deletes it after the role
    policy: {
      name: "function",
      statements: [
        writeLogs(Site.of(scope), props.logGroupName),
        ...(environment === undefined ? [] : [decryptEnvironment(ref, props.kmsKeyArn)]),
        ...(network === undefined ? [] : meetNetwork(ref)),
        ...(tracing ? [TRACE] : []),
        ...(asynchronous?.onFailure === undefined ? [] : sendStatements(asynchronous.onFailure)),
        ...statements,
        ...(props.mayTripSwitches ? [] : [denySwitches()]),
      ],
    },
  });
  return { role, policies: [...policies, ...attachManagedPolicies(scope, role, props.managedPolicyArns)] };
}

function writeLogs(site: Site, logGroupName: string): Statement {
  return {
    sid: "WriteLogs",
    actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
    resources: [logStreamsArn(site, logGroupName)],
  };
}

/** In addition to the grant that Lambda creates for the role: a role that is created again has no grant. */
function decryptEnvironment(ref: FunctionRef, kmsKeyArn: string): Statement {
  return {
    sid: "DecryptEnvironment",
    actions: ["kms:Decrypt"],
    resources: [kmsKeyArn],
    conditions: { StringEquals: { "kms:EncryptionContext:aws:lambda:FunctionArn": ref.arn } },
  };
}

/** Lambda creates network interfaces with the role. The function's own code must not. */
function meetNetwork(ref: FunctionRef): readonly Statement[] {
  return [
    { sid: "ManageInterfaces", actions: INTERFACE_ACTIONS, resources: ["*"] },
    {
      sid: "NoInterfacesFromCode",
      effect: "Deny",
      actions: INTERFACE_ACTIONS,
      resources: ["*"],
      conditions: { ArnEquals: { "lambda:SourceFunctionArn": ref.arn } },
    },
  ];
}

const TRACE: Statement = {
  sid: "WriteTraces",
  actions: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
  resources: ["*"],
};
