import { EcrRepositoryCreationTemplate } from "@cdktf/provider-aws/lib/ecr-repository-creation-template";
import { Construct } from "constructs";
import { checkName, claimName, fittingName, IAM_ROLE, trustService } from "../core";
import { CreatedRole, createRole } from "../iam-role";
import { Site } from "../site";
import { lifecyclePolicy } from "./image-lifecycle";
import { TEMPLATE_PREFIX } from "./names";
import { checkSettings, repositoryPolicy, RepositorySettings, tagMutability } from "./repository-settings";
import { checkProps } from "./shapes";

export interface RepositoryCreationTemplateProps extends RepositorySettings {
  /** Namespace of the repositories, without a slash at its end: `orders` for `orders/api`. `ROOT` for those without a template. */
  readonly prefix: string;
}

/**
 * Settings of the repositories that replication creates in a registry: encrypted with the site's key, tags immutable.
 *
 * Use it for prefixes under which repositories come and go. Declare the repositories of a workload as {@link ImageRepository} instead. A
 * template does not change existing repositories and has no setting for scanning. Terraform does not manage the repositories that it
 * creates.
 *
 * Site: one in each that receives copies. AWS offers none in its regions in China and in GovCloud.
 * While the other site is dark: works; nothing is replicated, so nothing is created.
 * On failover: nothing happens.
 * Cost: none.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates.html
 */
export class RepositoryCreationTemplate extends Construct {
  readonly resource: EcrRepositoryCreationTemplate;

  constructor(scope: Construct, id: string, props: RepositoryCreationTemplateProps) {
    super(scope, id);
    checkProps(this, "RepositoryCreationTemplateProps", props);
    const site = Site.of(this);
    checkName(this, "prefix", props.prefix, TEMPLATE_PREFIX);
    checkSettings(this, props);
    claimName(this, TEMPLATE_PREFIX, props.prefix, site);
    claimName(this, IAM_ROLE, roleName(site, props.prefix), site);

    const { role, policies } = createTemplateRole(this, props);
    this.resource = new EcrRepositoryCreationTemplate(this, "Resource", {
      prefix: props.prefix,
      description: `Replicas under ${props.prefix}`,
      appliedFor: ["REPLICATION"],
      customRoleArn: role.arn,
      imageTagMutability: tagMutability(props),
      encryptionConfiguration: [{ encryptionType: "KMS", kmsKey: props.kmsKeyArn }],
      lifecyclePolicy: props.lifecycle?.length ? lifecyclePolicy(props.lifecycle) : undefined,
      repositoryPolicy: repositoryPolicy(this, props),
      dependsOn: policies,
    });
  }
}

/** Role names are unique in the account. The region separates two sites of one account. */
function roleName(site: Site, prefix: string): string {
  return fittingName(IAM_ROLE, "ecr-template", prefix.replace(/\//g, "-"), site.region);
}

/** @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates-custom.html */
function createTemplateRole(
  template: RepositoryCreationTemplate,
  { prefix, kmsKeyArn }: RepositoryCreationTemplateProps,
): CreatedRole {
  const actions = ["ecr:CreateRepository", "ecr:ReplicateImage", "ecr:TagResource"];
  return createRole(template, "Role", {
    name: roleName(Site.of(template), prefix),
    description: `Creates ECR repositories under ${prefix}`,
    trust: trustService("ecr.amazonaws.com"),
    policy: {
      name: "create-repositories",
      statements: [
        { sid: "CreateRepositories", actions, resources: ["*"] },
        { sid: "UseKey", actions: ["kms:CreateGrant", "kms:DescribeKey", "kms:RetireGrant"], resources: [kmsKeyArn] },
      ],
    },
  });
}
