import { DataResource } from "cdktf";
import { RoleInSite, Site } from "../../modules/site";
import { SiteContract, WorkloadContract } from "../contract";

/**
 * Resources of Terraform that change when a site becomes a standby again. What ran while the site was active is replaced by them:
 * Terraform leaves numbers and switches of a standby alone, so it would go on.
 *
 * They exist in every role, because only a change of a resource replaces another.
 *
 * @see https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#replace_triggered_by
 */
export class RoleTriggers {
  private generation?: DataResource;
  private standby?: DataResource;

  constructor(
    private readonly site: Site,
    private readonly contract: WorkloadContract,
    private readonly at: SiteContract,
  ) {}

  /** For what runs at a number: a rebuilt standby gets a group or service with the number of a standby. */
  ofCapacity(): RoleInSite {
    this.generation ??= new DataResource(this.site, "Generation", {
      input: { generation: this.at.generations.length },
    });
    return { detached: this.at.role === "detached", replaceTriggeredBy: this.inStandby(this.generation) };
  }

  /**
   * For what is switched on and off: it is off in a rebuilt standby, and in one that answered in the pattern before, where every site
   * does.
   */
  ofSwitches(): Pick<RoleInSite, "replaceTriggeredBy"> {
    const { everySiteAnswers } = this.contract.policy;
    const input = { generation: this.at.generations.length, everySiteAnswers };
    this.standby ??= new DataResource(this.site, "Standby", { input });
    return { replaceTriggeredBy: this.inStandby(this.standby) };
  }

  private inStandby(resource: DataResource): RoleInSite["replaceTriggeredBy"] {
    return this.at.role === "standby" ? [resource] : undefined;
  }
}
