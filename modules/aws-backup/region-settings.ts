import { BackupRegionSettings as BackupRegionSettingsResource } from "@cdktf/provider-aws/lib/backup-region-settings";
import { Construct } from "constructs";
import { claimName, NameRule, refuseEmpty } from "../core";
import { Site } from "../site";
import { checkProps } from "./shapes";

/**
 * Resource types that a region opts in to, by AWS Backup's own names.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/service-opt-in.html
 */
const SERVICES = [
  "Aurora",
  "CloudFormation",
  "DSQL",
  "DocumentDB",
  "DynamoDB",
  "EBS",
  "EC2",
  "EFS",
  "EKS",
  "FSx",
  "Neptune",
  "RDS",
  "Redshift",
  "Redshift Serverless",
  "S3",
  "SAP HANA on Amazon EC2",
  "Storage Gateway",
  "Timestream",
  "VirtualMachine",
] as const;

/** A service that a region opts in to. */
export type BackupService = (typeof SERVICES)[number];

/** @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_UpdateRegionSettings.html */
const FULLY_MANAGED = ["CloudFormation", "DSQL", "DynamoDB", "EFS"] as const;

/** A service whose backups AWS Backup can manage as a whole: with keys of the vault, cold storage and copies. */
export type FullyManagedService = (typeof FULLY_MANAGED)[number];

/** The settings have no name; a region of an account has them once. */
const SETTINGS: NameRule = {
  what: "settings of AWS Backup",
  min: 1,
  max: 20,
  pattern: /^[a-z0-9-]+$/,
  allowed: "a region's code",
  unique: "region",
  source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_UpdateRegionSettings.html",
};

export interface BackupRegionSettingsProps {
  /** Services that AWS Backup backs up here, and those it must not. Other services stay as they are. */
  readonly optIn: Readonly<Partial<Record<BackupService, boolean>>>;
  /**
   * Services whose backups AWS Backup manages as a whole. DynamoDB needs it for copies into other regions and accounts, for cold storage
   * and for the vault's key. Accounts with a vault from before November 2021 do not have it by default.
   *
   * @default - as it is
   */
  readonly fullManagement?: Readonly<Partial<Record<FullyManagedService, boolean>>>;
}

/**
 * Resource types that AWS Backup backs up in a region of an account, for all its users. There is one such setting, which other stacks and
 * the console also change. Removing it from Terraform changes nothing.
 *
 * Site: each site has its own.
 * While the other site is dark: works.
 * On failover: nothing happens.
 * Cost: none.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/service-opt-in.html
 */
export class BackupRegionSettings extends Construct {
  readonly resource: BackupRegionSettingsResource;

  constructor(scope: Construct, id: string, props: BackupRegionSettingsProps) {
    super(scope, id);
    checkProps(this, "BackupRegionSettingsProps", props);
    const { optIn, fullManagement } = props;
    const site = Site.of(this);
    refuseEmpty(this, "optIn", optIn, "name the services that are backed up");
    claimName(this, SETTINGS, site.region, site);

    this.resource = new BackupRegionSettingsResource(this, "Resource", {
      resourceTypeOptInPreference: { ...optIn },
      resourceTypeManagementPreference: fullManagement && { ...fullManagement },
      lifecycle: { ignoreChanges: decidedElsewhere(props) },
    });
  }
}

/** AWS answers with every service it has in the region. Terraform ignores those that are not named here. */
function decidedElsewhere({ optIn, fullManagement }: BackupRegionSettingsProps): string[] {
  const unnamed = (services: readonly string[], named: object) => services.filter((service) => !(service in named));
  return [
    ...unnamed(SERVICES, optIn).map((service) => `resource_type_opt_in_preference["${service}"]`),
    ...unnamed(fullManagement ? FULLY_MANAGED : [], fullManagement ?? {}).map(
      (service) => `resource_type_management_preference["${service}"]`,
    ),
  ];
}
