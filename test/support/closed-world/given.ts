/** Things that the user of an example has already, so that its program does not create them. */
import { World } from "./world";

/**
 * ARNs by example, with `<region>` and `<account>` of any site. Each key is text of the program, so that an entry fails once the
 * program no longer contains it.
 */
const GIVEN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "aws-backup": { "role/terraform": "iam::444455556666:role/terraform" },
  "dms-to-aurora": {
    "orders-seoul-AbCdEf": "secretsmanager:<region>:<account>:secret:orders-seoul-AbCdEf",
    "orders-tokyo-GhIjKl": "secretsmanager:<region>:<account>:secret:orders-tokyo-GhIjKl",
    "RDS-BUNDLE": "dms:<region>:<account>:cert:RDS-BUNDLE",
  },
  // Seoul runs its containers in stacks of its own, under the key made here
  "ecs-service": { ecsKeyStatements: "logs:<region>:<account>:log-group:/ecs/orders" },
  // the database that was lost with Seoul is dropped from state and left running
  "failed-over": { 'rebuilt("seoul"': "rds:<region>:<account>:db:orders-ledger-seoul" },
  "kinesis-function": { "acme-builds-": "s3:::acme-builds-**" },
  "lambda-worker": {
    "acme-builds-": "s3:::acme-builds-**",
    ":orders": "sqs:<region>:<account>:orders",
  },
  "multi-site": { "orders/api": "ecr:<region>:<account>:repository/orders/api" },
  "on-premises-migration": {
    "aurora-GhIjKl": "secretsmanager:<region>:<account>:secret:aurora-GhIjKl",
    "source-AbCdEf": "secretsmanager:<region>:<account>:secret:source-AbCdEf",
    ":operators": "sns:<region>:<account>:operators",
  },
  "restored-database": { "auto-backup:ab-": "rds:<region>:<account>:auto-backup:**" },
  "state-bootstrap": { "role/state-admin": "iam::<account>:role/state-admin" },
  "two-environments": { "orders/api": "ecr:<region>:<account>:repository/orders/api" },
};

/** ARNs that the program of a world takes as given. */
export function givenTo({ example, places: { partition }, source, sites }: World): string[] {
  const entries = Object.entries(GIVEN[example] ?? {});
  const idle = entries.filter(([text]) => !source.includes(text)).map(([text]) => text);
  if (idle.length > 0) throw new Error(`the program of ${example} gives no ${idle.join(", ")}`);
  return entries.flatMap(([, arn]) =>
    sites.map(({ region, account }) => {
      return `arn:${partition}:${arn.replace("<region>", region).replace("<account>", account)}`;
    }),
  );
}
