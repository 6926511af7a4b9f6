import { AmiLaunchPermission } from "@cdktf/provider-aws/lib/ami-launch-permission";
import { SnapshotCreateVolumePermission } from "@cdktf/provider-aws/lib/snapshot-create-volume-permission";
import { Token } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { AMI } from "../auto-scaling/internal";
import { checkAccount, checkName, refuse, refuseEmpty, Statement } from "../core";
import { refuseRepeated, Site } from "../site";
import { checkProps } from "./shapes";

export interface ImageSharingProps {
  /** Accounts of the sites that copy the image. */
  readonly accounts: readonly string[];
  /** Id of the image, in the site's region. */
  readonly imageId: string;
  /** Ids of the image's snapshots, by a name of your own that never changes: `{ root: "snap-…" }`. */
  readonly snapshotIds: Readonly<Record<string, string>>;
}

/**
 * Lets other accounts copy an image: of itself a copy is made within one account. Their sites copy it with an {@link ImageCopy}, and
 * own what they copied.
 *
 * An encrypted image needs a key of the account that the others may use, see {@link sharedImageKeyStatements}. You cannot share an image
 * that is encrypted with AWS's own key.
 *
 * Site: the one the image was built in.
 * While the other site is dark: works; what was copied stays when this one is.
 * On failover: nothing happens.
 * Cost: none.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-explicit.html
 */
export class ImageSharing extends Construct {
  readonly launchPermissions: readonly AmiLaunchPermission[];
  readonly snapshotPermissions: readonly SnapshotCreateVolumePermission[];

  constructor(scope: Construct, id: string, props: ImageSharingProps) {
    super(scope, id);
    checkProps(this, "ImageSharingProps", props);
    const { accounts, imageId, snapshotIds } = props;
    checkSharing(this, props);

    this.launchPermissions = accounts.map(
      (accountId) => new AmiLaunchPermission(this, `Launch-${accountId}`, { imageId, accountId }),
    );
    this.snapshotPermissions = Object.entries(snapshotIds).flatMap(([key, snapshotId]) =>
      accounts.map(
        (accountId) =>
          new SnapshotCreateVolumePermission(this, `Snapshot-${key}-${accountId}`, { snapshotId, accountId }),
      ),
    );
  }
}

function checkSharing(scope: IConstruct, { accounts, imageId }: ImageSharingProps): void {
  if (!Token.isUnresolved(imageId)) checkName(scope, "imageId", imageId, AMI);
  refuseEmpty(scope, "accounts", accounts, "name one, or leave it out");
  refuseOwnAccount(scope, "accounts", accounts);
}

export function refuseOwnAccount(scope: IConstruct, property: string, accounts: readonly string[]): void {
  const { account: own } = Site.of(scope);
  accounts.forEach((account) => checkAccount(scope, account));
  refuseRepeated(scope, property, accounts);
  if (accounts.includes(own)) {
    const problem = `'${property}' must be other accounts, got the site's own '${own}'`;
    refuse(scope, "InvalidAccount", problem, "leave it out: an account may use its own images");
  }
}

/**
 * Lets other accounts copy and start images that are encrypted with a key. For the key's `statements`.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/share-amis-with-organizations-and-OUs.html
 */
export function sharedImageKeyStatements(site: Site, accounts: readonly string[]): readonly Statement[] {
  const principal = { AWS: accounts.map((account) => `arn:${site.partition}:iam::${account}:root`) };
  return [
    {
      sid: "AllowSharedImages",
      principal,
      actions: ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
      resources: ["*"],
    },
    {
      sid: "AllowSharedImageGrants",
      principal,
      actions: ["kms:CreateGrant"],
      resources: ["*"],
      conditions: { Bool: { "kms:GrantIsForAWSResource": "true" } },
    },
  ];
}
