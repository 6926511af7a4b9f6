import ts from "typescript";
import { REFUSALS, RefusalCode } from "../../modules/core";
import { nodesOf, parse, placeOf, SourceRule } from "./source-tree";

/** How messages write the services of AWS. */
const SERVICES: Readonly<Record<string, RegExp>> = {
  Aurora: /\bAurora\b/,
  "AWS Backup": /\bAWS Backup\b/,
  CloudWatch: /\bCloudWatch\b/,
  DMS: /\bDMS\b/,
  DocumentDB: /\bDocumentDB\b/,
  DynamoDB: /\bDynamoDB\b/,
  EC2: /\bEC2\b/,
  ECR: /\bECR\b/,
  ECS: /\b(ECS|Fargate)\b/,
  EFS: /\bEFS\b/,
  ElastiCache: /\bElastiCache\b/,
  "Global Accelerator": /\bGlobal Accelerator\b/,
  IAM: /\bIAM\b/,
  KMS: /\bKMS\b/,
  Lambda: /\bLambda\b/,
  Neptune: /\bNeptune\b/,
  RDS: /\bRDS\b/,
  "Route 53": /\bRoute 53\b/,
  S3: /\bS3\b/,
  "Secrets Manager": /\bSecrets Manager\b/,
  SNS: /\bSNS\b/,
  "Systems Manager": /\bSystems Manager\b/,
};

/** The services that the refusals of a module may name: its own, and those that its users configure through it. */
const OWN: Readonly<Record<string, readonly string[]>> = {
  "ami-distribution": ["EC2"],
  "aurora-global-database": ["Aurora", "RDS"],
  "auto-scaling": ["EC2"],
  "aws-backup": ["AWS Backup", "SNS"],
  core: ["IAM"],
  "dms-replication": ["DMS", "Aurora", "S3"],
  "documentdb-global-cluster": ["DocumentDB"],
  "dynamodb-global-table": ["DynamoDB", "AWS Backup"],
  "ecr-replication": ["ECR"],
  "ecs-service": ["ECS"],
  "efs-replication": ["EFS", "IAM"],
  "elasticache-global-datastore": ["ElastiCache", "IAM"],
  "joined-clusters": [],
  "lambda-function": ["Lambda", "ECR"],
  "neptune-global-database": ["Neptune"],
  "rds-read-replica": ["RDS", "AWS Backup"],
  "route53-failover": ["Route 53", "Global Accelerator", "CloudWatch"],
  "s3-replication": ["S3", "KMS"],
  "secret-replica": ["Secrets Manager"],
  "state-bucket": ["S3"],
};

/** A refusal names no service but the module's own: the user of a file system is not told about databases. */
export const namesOwnServices: SourceRule = (source) => {
  const [, module] = /^modules\/([\w-]+)\//.exec(source.path) ?? [];
  if (module === undefined) return [];
  const allowed = new Set(OWN[module] ?? []);
  return nodesOf(parse(source), ts.isCallExpression)
    .filter(
      ({ expression }) => ts.isIdentifier(expression) && /^(refuse|check[A-Z]|oneOf$|inRange$)/.test(expression.text),
    )
    .flatMap((call) => {
      const named = servicesIn(`${literalsOf(call)} ${catalogueRemedyOf(call)}`).filter(
        (service) => !allowed.has(service),
      );
      return named.map((service) => `${placeOf(call)} names ${service}`);
    });
};

function servicesIn(text: string): string[] {
  return Object.keys(SERVICES).filter((service) => SERVICES[service]!.test(text));
}

function literalsOf(call: ts.CallExpression): string {
  const isText = (
    node: ts.Node,
  ): node is ts.StringLiteral | ts.NoSubstitutionTemplateLiteral | ts.TemplateLiteralToken =>
    ts.isStringLiteral(node) || ts.isTemplateLiteralToken(node);
  return call.arguments.flatMap((argument) => nodesOf(argument, isText).map(({ text }) => text)).join(" ");
}

/** The text that `refuse` adds when it gets no remedy. */
function catalogueRemedyOf({ expression, arguments: given }: ts.CallExpression): string {
  const code = given[1];
  if (expression.getText() !== "refuse" || given.length > 3 || code === undefined || !ts.isStringLiteral(code))
    return "";
  return REFUSALS[code.text as RefusalCode];
}
