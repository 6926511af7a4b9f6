import { DataResource } from "cdktf";
import { RoleInSite, Site } from "../../modules/site";
import { SiteContract, WorkloadContract } from "../contract";

/**
 * Terraform resources that change when a site becomes a standby again. Their change replaces the compute of the former
 * active site. Terraform ignores the capacity and the switches of a standby, so that compute would otherwise continue
 * to run.
 *
 * They exist in every role, because only a change of a resource can replace another resource.
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

  /** For groups and services: a rebuilt standby gets new ones at the capacity of a standby. */
  ofCapacity(): RoleInSite {
    this.generation ??= new DataResource(this.site, "Generation", {
      input: { generation: this.at.generations.length },
    });
    return { detached: this.at.role === "detached", replaceTriggeredBy: this.inStandby(this.generation) };
  }

  /**
   * Replaces event sources and rules, so that they are off in a standby. This applies to a rebuilt standby, and to one
   * that answered as part of an earlier `MultiSite` pattern.
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
