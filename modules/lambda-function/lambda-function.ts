import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { LambdaAlias } from "@cdktf/provider-aws/lib/lambda-alias";
import { LambdaFunction as Lambda } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaFunctionEventInvokeConfig } from "@cdktf/provider-aws/lib/lambda-function-event-invoke-config";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { claimName, declareProtection, IAM_ROLE, madeBy } from "../core";
import { createLogGroup, LOG_GROUP } from "../log-group";
import { Site } from "../site";
import { codeConfig } from "./function-code";
import { checkFunction, LambdaFunctionProps } from "./function-props";
import { functionProtection } from "./function-protection";
import { FunctionPlace, FunctionRef, functionRef } from "./function-ref";
import { createFunctionRole } from "./function-role";
import { createSecurityGroup } from "./function-security";
import { createUrl } from "./function-url";
import { admit } from "./invokers";
import { LOG_GROUP_PREFIX } from "./key-policy";
import { FUNCTION } from "./names";
import { provisionConcurrency } from "./provisioned-concurrency";
import { checkProps } from "./shapes";

/** AWS's defaults except the processor, set explicitly so that no plan drifts. */
const DEFAULTS = {
  architecture: "arm64", // the cheaper one
  ephemeralStorageMiB: 512,
  maximumAgeSeconds: 21_600,
  maximumRetries: 2,
  memoryMiB: 128,
  timeoutSeconds: 3,
  unreserved: -1,
};

/**
 * A function of one site with its role, its log group and the alias `live`. The alias points to the version that was published last. The
 * code comes from a bucket or registry of the site's own region.
 *
 * Every caller invokes the alias. Provisioned concurrency and event sources run only in the active site. Event sources are separate
 * constructs ({@link QueueEventSource}, {@link TableStreamEventSource}, {@link KinesisEventSource}, {@link EventRule}). A function starts
 * without any resource in another region.
 *
 * Site: one in each, with code, key, role and log group of the site.
 * While the other site is dark: works; new code is deployed from the site's own bucket or registry.
 * On failover: the recovery plan requests `activeConcurrency`. After the failover is recorded, Terraform manages it. A function without it
 *   needs no step.
 * Cost: requests and their time; provisioned concurrency by the hour, in a standby `standbyConcurrency`; the logs.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/welcome.html
 */
export class LambdaFunction extends Construct {
  /** The function of a name, without creating it. */
  static refOf(at: FunctionPlace): FunctionRef {
    return functionRef("LambdaFunction.refOf", at);
  }

  /** Points to this function, for event sources, alarms and other sites. */
  readonly ref: FunctionRef;
  readonly logGroupName: string;
  readonly roleName: string;
  readonly roleArn: string;
  /** Security group of the function, if it has a network. The resources it reaches, such as a database, must admit it. */
  readonly securityGroupId: string | undefined;
  /** The HTTPS endpoint, if it has one. */
  readonly url: string | undefined;
  readonly alias: LambdaAlias;
  readonly resource: Lambda;

  constructor(scope: Construct, id: string, props: LambdaFunctionProps) {
    super(scope, id);
    checkProps(this, "LambdaFunctionProps", props);
    const site = Site.of(this);
    checkFunction(this, props);
    site.avoidBrokenProviders("lambdaVersion");
    const ref = functionRef(this, { name: props.name, region: site.region, account: site.account });
    this.logGroupName = LOG_GROUP_PREFIX + props.name;
    claimName(this, FUNCTION, props.name, site);
    claimName(this, LOG_GROUP, this.logGroupName, site);
    claimName(this, IAM_ROLE, ref.roleName, site);

    const { kmsKeyArn, logRetentionDays: retentionDays } = props;
    const logGroup = createLogGroup(this, "LogGroup", { name: this.logGroupName, kmsKeyArn, retentionDays });
    const { role, policies } = createFunctionRole(this, ref, { ...props, logGroupName: this.logGroupName });
    const security = props.network && createSecurityGroup(this, props.name, props.network);
    this.resource = createFunction(this, props, { role, security, before: [logGroup, ...policies] });
    this.alias = publish(this, ref);
    admit(this, this.alias, props.invokers ?? {});
    configureAsynchronous(this, props);
    const url = props.functionUrl && createUrl(this, this.alias, props.functionUrl);
    if (props.provisionedConcurrency) provisionConcurrency(this, this.alias, props.provisionedConcurrency);

    this.roleName = role.name;
    this.roleArn = role.arn;
    this.securityGroupId = security?.id;
    this.url = url?.functionUrl;
    this.ref = madeBy(ref, this.resource, this.alias, role);
    declareProtection(this, functionProtection(site, ref, props.provisionedConcurrency));
  }

  get functionArn(): string {
    return this.resource.arn;
  }

  /** The alias that callers invoke. */
  get aliasArn(): string {
    return this.alias.arn;
  }

  /** ARN that an API Gateway integration invokes. */
  get aliasInvokeArn(): string {
    return this.alias.invokeArn;
  }
}

interface Parts {
  readonly role: IamRole;
  readonly security?: SecurityGroup;
  readonly before: ITerraformDependable[];
}

function createFunction(lambda: LambdaFunction, props: LambdaFunctionProps, parts: Parts): Lambda {
  const { environment, network, logFormat = "JSON" } = props;
  const levels = logFormat === "JSON" ? { applicationLogLevel: "INFO", systemLogLevel: "INFO" } : {};
  // Lambda forgets a key that encrypts nothing, and every plan would add it again
  const encrypts = environment !== undefined || props.code.zip?.snapStart;
  return new Lambda(lambda, "Resource", {
    ...codeConfig(lambda, props.code),
    functionName: props.name,
    description: props.description ?? props.name,
    role: parts.role.arn,
    architectures: [props.architecture ?? DEFAULTS.architecture],
    memorySize: props.memoryMiB ?? DEFAULTS.memoryMiB,
    timeout: props.timeout?.inSeconds ?? DEFAULTS.timeoutSeconds,
    ephemeralStorage: { size: props.ephemeralStorageMiB ?? DEFAULTS.ephemeralStorageMiB },
    environment: environment && { variables: { ...environment } },
    kmsKeyArn: encrypts ? props.kmsKeyArn : undefined,
    loggingConfig: { logFormat, logGroup: lambda.logGroupName, ...levels },
    tracingConfig: { mode: props.tracing ? "Active" : "PassThrough" },
    vpcConfig: network &&
      parts.security && { subnetIds: [...network.subnetIds], securityGroupIds: [parts.security.id] },
    reservedConcurrentExecutions: props.reservedConcurrency ?? DEFAULTS.unreserved,
    publish: true,
    dependsOn: parts.before,
  });
}

function publish(lambda: LambdaFunction, { aliasName }: FunctionRef): LambdaAlias {
  return new LambdaAlias(lambda, "Alias", {
    name: aliasName,
    description: "What is invoked",
    functionName: lambda.resource.functionName,
    functionVersion: lambda.resource.version,
  });
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-configuring.html */
function configureAsynchronous(lambda: LambdaFunction, { asynchronous }: LambdaFunctionProps): void {
  if (asynchronous === undefined) return;
  const { onFailure } = asynchronous;
  new LambdaFunctionEventInvokeConfig(lambda, "Asynchronous", {
    functionName: lambda.alias.functionName,
    qualifier: lambda.alias.name,
    maximumEventAgeInSeconds: asynchronous.maximumAge?.inSeconds ?? DEFAULTS.maximumAgeSeconds,
    maximumRetryAttempts: asynchronous.maximumRetries ?? DEFAULTS.maximumRetries,
    destinationConfig: onFailure && { onFailure: { destination: onFailure.arn } },
  });
}
