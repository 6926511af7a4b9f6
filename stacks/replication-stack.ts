import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { Site, StateBackend } from "../modules/site";
import { othersThan, SitePlan, WorkloadPlan } from "./plan";
import { siteProps } from "./site-stack";
import { WorkloadProps } from "./workload";

/**
 * What needs two sites, the home and another: replication configurations and table replicas. It has a provider for each, and
 * its state with the home, so it is not to be planned while one of the two is dark; nothing in a recovery needs it.
 */
export class ReplicationStack extends TerraformStack {
  /** The stack of a pair, or none where no store needs one. */
  static between(
    scope: Construct,
    plan: WorkloadPlan,
    other: SitePlan,
    props: WorkloadProps,
  ): ReplicationStack | undefined {
    const needed = Object.values(props.data).some(({ betweenSites }) => betweenSites !== undefined);
    return needed ? new ReplicationStack(scope, plan, other, props) : undefined;
  }

  private constructor(scope: Construct, plan: WorkloadPlan, other: SitePlan, { data }: WorkloadProps) {
    super(scope, `${plan.name}-${plan.home.name}-${other.name}`);
    const { home } = plan;
    new StateBackend(this, { ...home.props.state, region: home.region, assumeRole: home.props.assumeRole });
    const homeSite = new Site(this, home.name, siteProps(plan, home));
    const otherSite = new Site(this, other.name, siteProps(plan, other));
    const firstPair = other === othersThan(plan, home)[0];
    for (const [store, part] of Object.entries(data)) {
      part.betweenSites?.({
        inHome: new Construct(homeSite, store),
        inOther: new Construct(otherSite, store),
        store,
        plan,
        other,
        firstPair,
      });
    }
  }
}
