/** Public state machines that show a call with these names in Step Functions. The names of all other calls are derived by rule. */
const STOPPED_DATABASES = "https://github.com/sqlxpert/step-stay-stopped-aws-rds-aurora";

export const CONFIRMED: Readonly<Record<string, string>> = {
  "rds:DescribeDBClusters": STOPPED_DATABASES,
  "rds:DescribeDBInstances": STOPPED_DATABASES,
};
