/** Deliberate breaks of a world, so that every check of the closed world is seen to find something. */
import { arnFaults } from "./arn-faults";
import { domainFaults, endpointFaults, principalFaults, viaServiceFaults } from "./domain-faults";
import { referenceFaults } from "./name-references";
import { pairFaults } from "./pair-faults";
import { policyFaults } from "./policy-faults";
import { grammarFaults } from "./policy-grammar";
import { sizeFaults } from "./sizes";
import { switchFaults } from "./switch-faults";
import { wayOutFaults } from "./ways-out";
import { readWorld, World } from "./world";

/** A replacement in the stacks of a world, and the fault that a check then finds. */
export interface Break {
  readonly title: string;
  readonly from: string;
  readonly to: string;
  readonly finds: string;
}

type Check = (world: World) => string[] | Promise<string[]>;

const PILOT = "pilot-light (as written)";
const PILOT_IN_CHINA = "pilot-light (China)";
const TWO_ACCOUNTS = "cross-account-pilot-light (as written, two accounts)";
const MULTI = "multi-site (as written)";

const breaks = (title: string, from: string, to: string, finds: string): Break => ({ title, from, to, finds });

const BREAKS: readonly (readonly [Check, readonly Break[]])[] = [
  [
    arnFaults,
    [
      breaks(PILOT_IN_CHINA, "arn:aws-cn:s3:::orders", "arn:aws:s3:::orders", "names arn:aws:s3:::orders"),
      breaks(
        PILOT,
        "ap-northeast-1:111122223333:alias/",
        "eu-west-1:111122223333:alias/",
        "names arn:aws:kms:eu-west-1",
      ),
      breaks(TWO_ACCOUNTS, "111122223333:role/s3", "444455556666:role/s3", "names arn:aws:iam::444455556666:role/s3"),
      breaks(PILOT, "al2023-repos-ap-northeast-1", "al2023-repos-ap-northeast-2", "al2023-repos-ap-northeast-2"),
    ],
  ],
  [
    domainFaults,
    [
      breaks(PILOT_IN_CHINA, "s3.cn-north-1.amazonaws.com.cn", "s3.cn-north-1.amazonaws.com", "has s3.cn-north-1"),
      breaks(PILOT_IN_CHINA, "s3.cn-north-1.", "s3.us-east-1.", "has s3.us-east-1"),
    ],
  ],
  [
    principalFaults,
    [
      breaks("ecs-service (China)", "logs.cn-north-1.amazonaws.com.cn", "logs.amazonaws.com", "called logs.amazonaws"),
      breaks("ecs-service (as written)", "ecs-tasks.amazonaws.com", "ecs-task.amazonaws.com", "called ecs-task."),
    ],
  ],
  [
    endpointFaults,
    [breaks(PILOT_IN_CHINA, '"com.amazonaws.cn-north-1.s3', '"cn.com.amazonaws.cn-north-1.s3', "has no cn.com")],
  ],
  [
    viaServiceFaults,
    [breaks(PILOT, "s3.ap-northeast-2.", "s3.ap-northeast-1.", "uses keys of ap-northeast-2 through")],
  ],
  [
    wayOutFaults,
    [
      breaks(MULTI, "com.amazonaws.ap-northeast-1.logs", "com.amazonaws.ap-northeast-1.sqs", "no way to logs"),
      breaks(MULTI, "com.amazonaws.ap-northeast-1.dynamodb", "com.amazonaws.ap-northeast-1.sqs", "no way to dynamodb"),
    ],
  ],
  [
    sizeFaults,
    [
      breaks(PILOT, "ReadPublished", "Read".repeat(2_600), "inline policies of a role has 1"),
      breaks(PILOT, "AllowAutoScalingGrants", "Grants".repeat(6_000), "aws_kms_key.policy has 3"),
      breaks(PILOT, '"name": "orders-api-tokyo"', `"name": "${"api".repeat(11)}"`, "aws_lb.name has 33"),
    ],
  ],
  [
    (world) => policyFaults([world]),
    [
      breaks(PILOT, "s3:ReplicateObject", "s3:ReplicateAll", "there is no action s3:ReplicateAll"),
      breaks(PILOT, "s3:GetObjectVersionAcl", "s3:ListBucket", "s3:ListBucket takes none of"),
      breaks(PILOT, "aws:SourceAccount", "aws:SourceAcount", "no global condition key aws:SourceAcount"),
      breaks(PILOT, "kms:GrantIsForAWSResource", "kms:GrantIsForAll", "kms:CreateGrant never sets kms:GrantIsForAll"),
      breaks(PILOT, "s3:GetReplicationConfiguration", "dynamodb:ListStreams", "dynamodb:ListStreams takes none of"),
    ],
  ],
  [
    grammarFaults,
    [
      breaks(PILOT, "2012-10-17", "2008-10-17", 'its version is "2008-10-17"'),
      breaks(PILOT, "DenyOldTls", "DenyPlainHttp", "its sid DenyPlainHttp is there twice"),
      breaks(PILOT, "DenyOldTls", "Deny old TLS", "its sid 'Deny old TLS' is malformed"),
      breaks(PILOT, '\\"Effect\\":\\"Deny\\"', '\\"Effect\\":\\"Refuse\\"', "its effect is Refuse"),
      breaks(PILOT, '\\"Principal\\"', '\\"Principals\\"', "there is no element Principals"),
      breaks(PILOT, '\\"Principal\\":\\"*\\",', "", "it needs a principal"),
      breaks(PILOT, '\\"NumericLessThan\\"', '\\"NumericBelow\\"', "there is no operator NumericBelow"),
      breaks(PILOT, "s3:ReplicateObject", "s3-ReplicateObject", "s3-ReplicateObject is not an action"),
      breaks(PILOT, "arn:aws:s3:::orders", "s3:::orders", "is not an ARN"),
      breaks(PILOT, '\\"Service\\":', '\\"Services\\":', "there is no element Services"),
      breaks(PILOT, '\\"Action\\":', '\\"NotResource\\":', "it needs actions, once"),
    ],
  ],
  [
    switchFaults,
    [
      breaks(PILOT, 'cloudwatch:PutMetricData\\"', 'cloudwatch:PutDashboard\\"', "Role_"),
      breaks("ecs-service (as written)", "DisasterRecovery*", "Recovery*", "TaskRole"),
      breaks("lambda-worker (as written)", "cloudwatch:namespace", "aws:namespace", "may trip a switch"),
    ],
  ],
  [
    referenceFaults,
    [
      breaks(
        PILOT,
        '"cloudwatch_alarm_name": "orders',
        '"cloudwatch_alarm_name": "order',
        "there is no arn:aws:cloudwatch",
      ),
      breaks(PILOT, '"AutoScalingGroupName": "orders-api', '"AutoScalingGroupName": "orders-app', "names orders-app"),
      breaks(PILOT, 'ResourceAliases\\":\\"alias/orders', 'ResourceAliases\\":\\"alias/order', "names alias/order-"),
      breaks(
        "lambda-worker (as written)",
        '"log_group": "/aws/lambda/',
        '"log_group": "/lambda/',
        "names /lambda/orders",
      ),
    ],
  ],
  [
    pairFaults,
    [
      breaks(TWO_ACCOUNTS, '"account": "444455556666"', '"account": "111122223333"', "account 111122223333"),
      breaks(TWO_ACCOUNTS, "aws:PrincipalArn", "aws:SourceArn", "no aws_kms_key lets"),
      breaks(PILOT, '"metric_name": "FailoverSwitch"', '"metric_name": "Switch"', "no alarm looks at ap-northeast-1"),
      breaks(
        PILOT,
        '"Namespace": "DisasterRecovery/orders"',
        '"Namespace": "DisasterRecovery"',
        "no alarm looks at ap-",
      ),
      breaks(PILOT, '"name": "/aws/rds/instance/orders', '"name": "/aws/rds/instance/order', "logs into it"),
      breaks("s3-pair (as written)", '"RuleId": "acme', '"RuleId": "media', "no rule media"),
    ],
  ],
];

/** Every break with the check that finds it. */
export const ALL_BREAKS = BREAKS.flatMap(([check, all]) => all.map((one) => ({ ...one, check })));

/** A world with a text replaced in all its stacks. Fails if nothing was replaced. */
export function brokenWorld({ example, places, texts }: World, { from, to }: Break): World {
  const replaced = new Map([...texts].map(([name, text]) => [name, text.replaceAll(from, to)]));
  if ([...texts].every(([name, text]) => replaced.get(name) === text)) throw new Error(`${example} holds no ${from}`);
  return readWorld(example, places, replaced);
}
