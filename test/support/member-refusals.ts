import { MemberClusterProps, MemberInstance } from "../../modules/joined-clusters";
import { RefusalCode } from "../../modules/core";
import { InstanceClass } from "../../modules/rds-read-replica";
import { KEY } from "./rds";

export interface Member extends MemberClusterProps {
  readonly instanceClass: InstanceClass;
  readonly instances: Readonly<Record<string, MemberInstance & { readonly instanceClass?: InstanceClass }>>;
}

/** Props, and what is said of them. */
type Refused<Props> = [props: Partial<Props>, code: RefusalCode, problem: string | RegExp];

/** Refusals about the regions of a global cluster of any engine. The home is Seoul. */
export const REGIONS_REFUSED: Refused<{ readonly secondaryRegions: readonly string[] }>[] = [
  [
    { secondaryRegions: ["ap-northeast-2"] },
    "ReplicaInSourceRegion",
    "'secondaryRegions' must name other regions, got the source's own 'ap-northeast-2'",
  ],
  [
    { secondaryRegions: ["ap-northeast-1", "ap-northeast-1"] },
    "RepeatedItem",
    "'secondaryRegions' names 'ap-northeast-1' twice",
  ],
  [{ secondaryRegions: ["cn-north-1"] }, "ForeignPartition", /cn-north-1/],
];

/** Refusals of a cluster of any engine, the first and a secondary. */
export const MEMBER_REFUSED: Refused<Member>[] = [
  [{ identifier: "a_b" }, "InvalidName", /^'identifier' is not a valid DB cluster identifier, got 'a_b'/],
  [{ identifier: "x".repeat(60) }, "InvalidName", /^'instances.one' is not a valid DB instance identifier/],
  ...(["db.t4g.medium", "db.t4g.large"] as const).map((instanceClass): Refused<Member> => {
    const problem = `'instanceClass' must be memory-optimised for a global database, got '${instanceClass}'`;
    return [{ instanceClass }, "InstanceClassUnsuitable", problem];
  }),
  [
    { instanceClass: "db.r7g.larg" },
    "InvalidName",
    /^'instanceClass' is not a valid DB instance class, got 'db.r7g.larg'/,
  ],
  [
    { instances: { one: { instanceClass: "db.r4.large" } } },
    "InstanceClassUnsuitable",
    "'instances.one.instanceClass' must be memory-optimised for a global database, got 'db.r4.large'",
  ],
  [
    { instances: Object.fromEntries(Array.from({ length: 17 }, (_, at) => [`r${at}`, {}])) },
    "SettingOutOfRange",
    "'instances' must name 16 instances at most, got 17",
  ],
  [
    { instances: { one: { promotionTier: 16 } } },
    "SettingOutOfRange",
    "'instances.one.promotionTier' must be a whole number from 0 to 15, got 16",
  ],
  [
    { kmsKeyArn: KEY.seoul.replace("ap-northeast-2", "us-east-1") },
    "KeyInOtherRegion",
    /^'kmsKeyArn' is in 'us-east-1'/,
  ],
  [
    { kmsKeyArn: "arn:aws:kms:ap-northeast-2:111122223333:alias/a" },
    "InvalidArn",
    /^'kmsKeyArn' must be the ARN of a key/,
  ],
  [{ logs: { kmsKeyArn: "alias/a" } }, "InvalidArn", "'logs.kmsKeyArn' must be an ARN, got 'alias/a'"],
  [{ backups: { retentionDays: 0 } }, "BackupsOff", /^'backups.retentionDays' must be 1 to 35, got 0/],
  [
    { backups: { retentionDays: 36 } },
    "SettingOutOfRange",
    "'backups.retentionDays' must be a whole number from 1 to 35, got 36",
  ],
  [{ backupWindow: "17:00" }, "InvalidWindow", "'backupWindow' must read like '17:00-17:30', got '17:00'"],
  [
    { backupWindow: "17:00-17:30", maintenanceWindow: "mon:17:15-mon:18:00" },
    "WindowsOverlap",
    "'backupWindow' 17:00-17:30 meets 'maintenanceWindow' mon:17:15-mon:18:00",
  ],
  [{ logs: { retentionDays: 8 } }, "SettingOutOfRange", /^'logs.retentionDays' must be one of 1, 3, .*, got 8$/],
];

/** Refusals of the groups of a cluster of any engine. */
export const MEMBER_GROUPS_REFUSED: Refused<Member>[] = [
  [{ port: 80 }, "SettingOutOfRange", "'port' must be a whole number from 1150 to 65535, got 80"],
  [
    { subnetIds: ["subnet-a"] },
    "SettingOutOfRange",
    "'subnetIds' must name subnets of two Availability Zones or more, got 1",
  ],
  [
    { clientCidrBlocks: { all: "0.0.0.0/0" } },
    "OpenToTheWorld",
    "'clientCidrBlocks' opens the database to every address, got '0.0.0.0/0'",
  ],
  [
    { parameters: { a: 1 }, staticParameters: { a: 1 } },
    "ConflictingSettings",
    "'a' is given in 'parameters' and in 'staticParameters'",
  ],
];
