import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { EcrRepositoryPolicy } from "@cdktf/provider-aws/lib/ecr-repository-policy";
import { Construct } from "constructs";
import { claimName, madeBy } from "../core";
import { Site } from "../site";
import { lifecyclePolicy } from "./image-lifecycle";
import { REPOSITORY } from "./names";
import { RepositoryRef, repositoryRef } from "./repository-ref";
import { checkSettings, repositoryPolicy, RepositorySettings, tagMutability } from "./repository-settings";
import { checkProps } from "./shapes";

export interface ImageRepositoryProps extends RepositorySettings {
  /** Name; unique in the region of the account, and the same in every site, for replication keeps names. */
  readonly name: string;
  /**
   * Lets Terraform delete the repository with all its images.
   *
   * @default false
   */
  readonly destroyable?: boolean;
  /**
   * Makes Amazon ECR scan pushed images for vulnerabilities, unless the registry's own scanning is configured.
   *
   * @default true
   */
  readonly scanOnPush?: boolean;
}

/**
 * A private repository of container images: encrypted with the site's key, its tags immutable, its images scanned.
 *
 * Every site has one of the same name, with settings of its own: replication copies images, and none of a repository's settings.
 * A repository that replication had to create would have mutable tags, AWS's key and no policy.
 *
 * Site: one in each; in the site that builds push to it is the source, in the others a copy.
 * While the other site is dark: works, for pulls and for pushes.
 * On failover: nothing happens; builds push here.
 * Cost: the stored images, in each site.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/Repositories.html
 */
export class ImageRepository extends Construct {
  /** The repository of a name, without creating it. */
  static refOf(at: { readonly name: string; readonly region: string; readonly account: string }): RepositoryRef {
    return repositoryRef("ImageRepository.refOf", at);
  }

  /** Points to this repository from anywhere. */
  readonly ref: RepositoryRef;
  readonly resource: EcrRepository;

  constructor(scope: Construct, id: string, props: ImageRepositoryProps) {
    super(scope, id);
    checkProps(this, "ImageRepositoryProps", props);
    const site = Site.of(this);
    const ref = repositoryRef(this, { name: props.name, region: site.region, account: site.account });
    checkSettings(this, props);
    claimName(this, REPOSITORY, props.name, site);

    this.resource = createRepository(this, props);
    attachPolicies(this, props);
    this.ref = madeBy(ref, this.resource);
  }

  get repositoryArn(): string {
    return this.resource.arn;
  }
}

function createRepository(repository: ImageRepository, props: ImageRepositoryProps): EcrRepository {
  const { destroyable = false } = props;
  return new EcrRepository(repository, "Resource", {
    name: props.name,
    imageTagMutability: tagMutability(props),
    imageScanningConfiguration: { scanOnPush: props.scanOnPush ?? true },
    encryptionConfiguration: [{ encryptionType: "KMS", kmsKey: props.kmsKeyArn }],
    forceDelete: destroyable,
    lifecycle: { preventDestroy: !destroyable },
  });
}

function attachPolicies(repository: ImageRepository, props: ImageRepositoryProps): void {
  const { name } = repository.resource;
  const policy = repositoryPolicy(repository, props);
  if (policy !== undefined) new EcrRepositoryPolicy(repository, "Policy", { repository: name, policy });
  if (props.lifecycle?.length) {
    new EcrLifecyclePolicy(repository, "Lifecycle", { repository: name, policy: lifecyclePolicy(props.lifecycle) });
  }
}
