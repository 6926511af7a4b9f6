import { Construct } from "constructs";
import { refuse } from "../core";
import { refuseForeignRegion, Site } from "../site";
import { JoinedClusterProps } from "./member-props";

/** Refuses a first cluster outside the home, and one that takes the writes without an instance. */
export function checkHome(scope: Construct, props: JoinedClusterProps): void {
  const { global } = props;
  refuseForeignRegion(scope, `the home of '${global.name}'`, global.region);
  const { active = true, headless, instances = {} } = props;
  if (headless && active) {
    refuse(
      scope,
      "ConflictingSettings",
      "'headless' is true, and the cluster takes the writes",
      "leave it out, or set 'active: false' while another cluster takes them",
    );
  }
  if (active && Object.keys(instances).length === 0) {
    refuse(scope, "MissingSetting", "'instances' is empty, and nothing would take the writes", "name one or more");
  }
  checkHeadless(scope, props);
}

/**
 * Refuses a secondary outside the secondary regions of the global database, and one that has no instance and does not say so.
 */
export function checkSecondary(scope: Construct, props: JoinedClusterProps): void {
  const { name, secondaryRegions } = props.global;
  const { region } = Site.of(scope);
  if (!secondaryRegions.includes(region)) {
    refuse(
      scope,
      "WrongSite",
      `'${region}' is not one of the secondary regions of '${name}', got ${secondaryRegions.join(", ") || "none"}`,
      "name the region in the global database's 'secondaryRegions', or create the cluster under another Site",
    );
  }
  checkHeadless(scope, props);
}

function checkHeadless(scope: Construct, { headless = false, instances = {} }: JoinedClusterProps): void {
  const count = Object.keys(instances).length;
  if (count === 0 && !headless) {
    refuse(
      scope,
      "MissingSetting",
      "'instances' is empty: AWS cannot fail over to a cluster without an instance",
      "name one or more, or set 'headless: true'; the recovery then creates an instance first, which takes longer",
    );
  }
  if (headless && count > 0) {
    refuse(scope, "ConflictingSettings", `'headless' is true, and 'instances' names ${count}`);
  }
}
