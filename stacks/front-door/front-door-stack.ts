import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";
import { claimName } from "../../modules/core";
import { RECORD_SET } from "../../modules/route53-failover";
import { WorkloadContract } from "../contract";
import { WorkloadStack } from "../stacks/workload-stack";
import { FrontDoor } from "./dns";
import { answerByFailover } from "./failover-answer";
import { answerByLatency } from "./latency-answer";
import { Answer, Door, pointTo, siteName } from "./names";

/**
 * The DNS name of a workload. Route 53 has no region. A standby keeps the state, so that Terraform can read it while
 * the home is dark.
 *
 * The name is an alias of another name, which has the records of the pattern. If you change the pattern, Terraform
 * updates the alias in place.
 *
 * Site: none; a standby keeps its state.
 * While the other site is dark: answers, and hands over when a switch is tripped; Route 53 answers from the edge. With
 *   us-east-1 dark it cannot be planned.
 * On failover: nothing in it changes, because the switch is in a standby. `BackupRestore` has no switch, so you deploy
 *   the stack.
 * Cost: a health check for each switch, and the queries.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-configuring.html
 */
export class FrontDoorStack extends WorkloadStack {
  constructor(scope: Construct, contract: WorkloadContract, frontDoor: FrontDoor) {
    super(scope, "front-door", contract, frontDoor.keeperOf(contract), {});
    const zone = frontDoor.zoneIn(this.site);
    const { name } = frontDoor;
    claimName(this, RECORD_SET, `A ${name}`, this.site);
    const answer = answerOf({ name, contract, site: this.site, zone });
    const record = new Route53Record(this.site, "Record", {
      zoneId: zone.zoneId,
      name,
      type: "A",
      alias: { name: answer.name, zoneId: zone.zoneId, evaluateTargetHealth: false },
    });
    pointTo([record], answer);
  }
}

function answerOf(door: Door): Answer {
  switch (door.contract.policy.frontDoor) {
    case "simple":
      return { name: siteName(door.name, door.contract.writer), records: [] };
    case "failover":
      return answerByFailover(door);
    case "latency":
      return answerByLatency(door);
  }
}
