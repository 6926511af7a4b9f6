import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Construct } from "constructs";
import { checkName, claimName } from "../core";
import { OWN_PARAMETER } from "../parameter-copies/internal";
import { Site } from "../site";
import { AutomatedBackupsReplication } from "./automated-backups-replication";
import { checkProps } from "./shapes";

/** Value of the parameter before any backups were copied. SSM takes no empty value. */
const NONE = "none";

export interface AutomatedBackupsParameterProps {
  /** Name of the SSM parameter: `"/orders/ledger/backups"`. */
  readonly name: string;
  /**
   * The replication whose copies it names. Leave it out once the site took over: the parameter then keeps the ARN it has.
   *
   * @default - the parameter keeps what it has; a new one says `none`
   */
  readonly backups?: AutomatedBackupsReplication;
}

/**
 * Keeps the ARN of replicated backups apart from their replication, in an SSM parameter.
 *
 * When the source instance is deleted, AWS keeps the copies and ends the replication. Terraform's provider then drops the replication
 * from the state, and its ARN with it. A {@link RestoredDatabase} that takes the ARN from here needs no live replication.
 *
 * Site: the one that holds the copies.
 * While the other site is dark: works; it is read in this region.
 * On failover: leave `backups` out, have Terraform forget the replication, and restore from `automatedBackupsArn`.
 * Cost: none, it is a standard parameter.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html
 */
export class AutomatedBackupsParameter extends Construct {
  /** ARN of the copies, which a restore names. */
  readonly automatedBackupsArn: string;
  readonly resource: SsmParameter;

  constructor(scope: Construct, id: string, props: AutomatedBackupsParameterProps) {
    super(scope, id);
    checkProps(this, "AutomatedBackupsParameterProps", props);
    const { name, backups } = props;
    checkName(this, "name", name, OWN_PARAMETER);
    claimName(this, OWN_PARAMETER, name, Site.of(this));

    this.resource = new SsmParameter(this, "Resource", {
      name,
      description: "ARN of the replicated backups that a restore in this site uses",
      type: "String",
      value: backups?.automatedBackupsArn ?? NONE,
      ...(backups === undefined && { lifecycle: { ignoreChanges: ["value"] } }),
    });
    this.automatedBackupsArn = this.resource.value;
  }
}
