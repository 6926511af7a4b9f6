import { Token } from "cdktf";
import { IConstruct } from "constructs";
import { checkAccount, checkName, plain, refuse, Statement } from "../core";
import { refuseForeignRegion, Site } from "../site";
import { IMAGE_TAG, REPOSITORY } from "./names";
import { repositoryRef } from "./repository-ref";

const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** Hosts of private registries, with either kind of address. */
const ECR_HOST =
  /^(?<account>\d{12})\.dkr[.-]ecr(?:-fips)?\.(?<region>[a-z0-9-]+)\.(?:amazonaws\.com|amazonaws\.com\.cn|on\.aws|on\.amazonwebservices\.com\.cn)$/;

/** The actions of a pull on a repository. */
export const PULL_ACTIONS = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"];

/** The image that a container starts from. Created by {@link siteImage} or {@link registryImage}. */
export interface ContainerImage {
  /** Repository with tag or digest: `orders/api:1.4.2`. */
  readonly name: string;
  /** Repository alone: `orders/api`. */
  readonly repository: string;
  /**
   * Host of the registry.
   *
   * @default - Amazon ECR, in the region of the site that uses the image
   */
  readonly host?: string;
  /**
   * Account whose registry it is, when that is Amazon ECR's.
   *
   * @default - the account of the site that uses the image
   */
  readonly account?: string;
}

export interface SiteImageOptions {
  /**
   * Account whose registry holds the images of every site, each in the site's own region.
   *
   * @default - the account of the site that uses the image
   */
  readonly registryAccount?: string;
}

/**
 * The image of a repository. Each site pulls it from the registry of its own region. One line serves every site, and no site asks another
 * for it.
 *
 * @param repository its ref, or its name alone: replication keeps names
 * @param tagOrDigest `1.4.2`, or `sha256:` and the digest; a tag may be a token
 */
export function siteImage(
  repository: { readonly name: string },
  tagOrDigest: string,
  { registryAccount }: SiteImageOptions = {},
): ContainerImage {
  const name = checkName("siteImage", "repository.name", repository.name, REPOSITORY);
  return {
    name: name + reference(tagOrDigest),
    repository: name,
    account: registryAccount && checkAccount("siteImage", registryAccount),
  };
}

function reference(tagOrDigest: string): string {
  if (DIGEST.test(tagOrDigest)) return `@${tagOrDigest}`;
  return `:${Token.isUnresolved(tagOrDigest) ? tagOrDigest : checkName("siteImage", "tagOrDigest", tagOrDigest, IMAGE_TAG)}`;
}

/**
 * An image by its whole URI, for what no registry of the sites holds. Every start of a container then depends on that registry.
 *
 * @param uri with host and tag or digest: `public.ecr.aws/docker/library/nginx:1.29`
 */
export function registryImage(uri: string): ContainerImage {
  const [, host, name, repository] =
    /^([a-z0-9.-]+\.[a-z0-9.-]+(?::\d+)?)\/(([a-z0-9._/-]+)(?::[\w.-]+|@sha256:[0-9a-f]{64}))$/i.exec(
      plain("registryImage", "uri", uri),
    ) ?? [];
  if (host === undefined || name === undefined || repository === undefined) {
    refuse(
      "registryImage",
      "InvalidName",
      `'uri' must name host, repository and a tag or digest, got '${uri}'`,
      "write it in full, for example 'public.ecr.aws/docker/library/nginx:1.29'",
    );
  }
  return { name, repository, host, account: ECR_HOST.exec(host)?.groups?.account };
}

/** Where a site pulls an image from. */
export function imageUri(scope: IConstruct, { name, repository, host, account }: ContainerImage): string {
  if (host === undefined) return `${registryHost(scope, repository, account)}/${name}`;
  const region = ECR_HOST.exec(host)?.groups?.region;
  if (region !== undefined) {
    refuseForeignRegion(scope, `the image '${host}/${name}'`, region, { code: "ImageInOtherRegion" });
  }
  return `${host}/${name}`;
}

function registryHost(scope: IConstruct, name: string, account = Site.of(scope).account): string {
  const { region } = Site.of(scope);
  return repositoryRef(scope, { name, region, account }).uri.split("/")[0]!;
}

/**
 * Lets a role of a site pull images from Amazon ECR; images of other registries need no permission.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policy-examples.html
 */
export function imagePullStatements(site: Site, images: readonly ContainerImage[]): readonly Statement[] {
  const inEcr = images.filter(({ host, account }) => host === undefined || account !== undefined);
  if (inEcr.length === 0) return [];
  const arns = inEcr.map(({ repository: name, account = site.account }) => {
    return repositoryRef(site, { name, region: site.region, account }).arn;
  });
  return [
    { sid: "LogInToRegistry", actions: ["ecr:GetAuthorizationToken"], resources: ["*"] },
    { sid: "PullImages", actions: PULL_ACTIONS, resources: [...new Set(arns)] },
  ];
}
