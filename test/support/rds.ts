import {
  DatabaseGroupSettings,
  ReadReplicaProps,
  SourceDatabase,
  SourceDatabaseProps,
} from "../../modules/rds-read-replica";
import { SEOUL } from "./synth";

/** Keys of each site, as AWS prints them. */
export const KEY = {
  seoul: "arn:aws:kms:ap-northeast-2:111122223333:key/11111111-2222-3333-4444-555555555555",
  tokyo: "arn:aws:kms:ap-northeast-1:111122223333:key/66666666-7777-8888-9999-000000000000",
};

export const NETWORK: DatabaseGroupSettings = { subnetIds: ["subnet-a", "subnet-c"], vpcId: "vpc-1" };

/** A PostgreSQL source in Seoul with only the required properties. */
export const SOURCE: SourceDatabaseProps = {
  engine: "postgres",
  engineVersion: "16",
  identifier: "ledger-seoul",
  instanceClass: "db.r7g.large",
  kmsKeyArn: KEY.seoul,
  storageGiB: 100,
  groupSettings: NETWORK,
};

/** Its replica in Tokyo. */
export const REPLICA: ReadReplicaProps = {
  engine: "postgres",
  engineVersion: "16",
  identifier: "ledger-tokyo",
  instanceClass: "db.r7g.large",
  kmsKeyArn: KEY.tokyo,
  source: SourceDatabase.refOf({ ...SEOUL, identifier: "ledger-seoul" }),
  groupSettings: NETWORK,
};
