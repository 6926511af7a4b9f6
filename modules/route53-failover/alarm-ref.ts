import { IConstruct } from "constructs";
import { arn, checkAccount, checkName, Duration, partitionOf, Ref } from "../core";
import { ALARM } from "../signals";

/** A CloudWatch alarm in some site, pointed to by its name. */
export interface AlarmRef extends Ref {
  /** How long the alarm takes to see what it watches. @default - unknown, and not counted */
  readonly detection?: Duration;
  /** Settings of the alarm that can change: when one does, Route 53 has to read the alarm again. @default - none */
  readonly settings?: Readonly<Record<string, string>>;
}

/** Where an alarm is found. */
export interface AlarmRefProps {
  readonly account: string;
  /** Name of the alarm. */
  readonly name: string;
  readonly region: string;
}

/** Points to an alarm without creating or reading it. */
export function alarmRef(scope: IConstruct | string, at: AlarmRefProps): AlarmRef {
  const { region } = at;
  const name = checkName(scope, "name", at.name, ALARM);
  const account = checkAccount(scope, at.account);
  const partition = partitionOf(scope, region);
  return {
    name,
    arn: arn({ partition, service: "cloudwatch", region, account, resource: `alarm:${name}` }),
    region,
    account,
  };
}
