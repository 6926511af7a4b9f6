import { Route53RecoverycontrolconfigSafetyRule } from "@cdktf/provider-aws/lib/route53recoverycontrolconfig-safety-rule";
import { Construct } from "constructs";
import { checkName, Duration, inRange, refuse } from "../core";
import { refuseRepeated } from "../site";
import { ROUTING_CONTROL } from "./names";
import { RoutingControlPanelRef } from "./routing-control-panel";
import { checkProps } from "./shapes";

/** Settings of every safety rule. None but name and wait can be changed: anything else replaces the rule. */
export interface SafetyRuleProps {
  /** Name of the rule. */
  readonly name: string;
  /** The panel whose controls it is about. */
  readonly panel: RoutingControlPanelRef;
  /** How many of the controls have to be on: 1 to all of them. */
  readonly atLeast: number;
  /** How long the rule waits after a change before it allows the next, against flapping. Zero for none. */
  readonly wait: Duration;
}

export interface AssertionRuleProps extends SafetyRuleProps {
  /** ARNs of the controls the rule counts, each once. */
  readonly controls: readonly string[];
}

export interface GatingRuleProps extends SafetyRuleProps {
  /** ARNs of the controls that open the gate, each once. */
  readonly gates: readonly string[];
  /** ARNs of the controls that can be turned only while the gate is open, each once. */
  readonly targets: readonly string[];
}

/**
 * Refuses a change that would leave too few routing controls on. So you cannot turn off the last site by mistake.
 *
 * Site: any; it is configured through us-west-2.
 * While the other site is dark: enforced by the cluster. `SafetyRulesToOverride` of a call steps over it.
 * On failover: refuses a change of states that breaks it.
 * Cost: none of its own; its cluster is paid for.
 *
 * @see https://docs.aws.amazon.com/r53recovery/latest/dg/routing-control.safety-rules.html
 */
export class AssertionRule extends Construct {
  readonly resource: Route53RecoverycontrolconfigSafetyRule;

  constructor(scope: Construct, id: string, props: AssertionRuleProps) {
    super(scope, id);
    checkProps(this, "AssertionRuleProps", props);
    const { controls } = props;
    const rule = checkRule(this, props, "controls", controls);

    this.resource = new Route53RecoverycontrolconfigSafetyRule(this, "Resource", {
      ...rule,
      assertedControls: [...controls],
    });
  }
}

/**
 * Lets some routing controls be turned only while others are on: a master switch for automation that fails over.
 *
 * Site: any; it is configured through us-west-2.
 * While the other site is dark: enforced by the cluster. `SafetyRulesToOverride` of a call steps over it.
 * On failover: the gate has to be open, or is opened by the operator.
 * Cost: none of its own; its cluster is paid for.
 *
 * @see https://docs.aws.amazon.com/r53recovery/latest/dg/routing-control.safety-rules.html
 */
export class GatingRule extends Construct {
  readonly resource: Route53RecoverycontrolconfigSafetyRule;

  constructor(scope: Construct, id: string, props: GatingRuleProps) {
    super(scope, id);
    checkProps(this, "GatingRuleProps", props);
    const { gates, targets } = props;
    const rule = checkRule(this, props, "gates", gates);
    checkControls(this, "targets", targets);

    this.resource = new Route53RecoverycontrolconfigSafetyRule(this, "Resource", {
      ...rule,
      gatingControls: [...gates],
      targetControls: [...targets],
    });
  }
}

function checkRule(rule: Construct, props: SafetyRuleProps, property: string, counted: readonly string[]) {
  const { name, panel, atLeast, wait } = props;
  checkControls(rule, property, counted);
  return {
    name: checkName(rule, "name", name, ROUTING_CONTROL),
    controlPanelArn: panel.panelArn,
    waitPeriodMs: wait.inSeconds * 1_000,
    ruleConfig: {
      type: "ATLEAST",
      threshold: inRange(rule, "atLeast", atLeast, 1, counted.length),
      inverted: false,
    },
  };
}

function checkControls(rule: Construct, property: string, arns: readonly string[]): void {
  if (arns.length === 0) refuse(rule, "SettingOutOfRange", `'${property}' must name a routing control, got none`);
  refuseRepeated(rule, property, arns);
}
