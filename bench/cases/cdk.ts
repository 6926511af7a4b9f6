import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Program, sideBySide } from "../measure";
import { installRivals } from "../prepare";
import { compare, Row } from "../report";
import { compiled, readJson, synthesise, withOutput } from "../synthesised";

const LIMITS = { time: 0.3, memory: 1 / 3 };
/** Rounds, by how many pairs: with a hundred, the limit is close. */
const ROUNDS = { "1": 7, "100": 15 };

/** The resources of both programs, by CloudFormation's and Terraform's names. */
const ALIKE: Readonly<Record<string, string>> = {
  "AWS::KMS::Key": "aws_kms_key",
  "AWS::KMS::Alias": "aws_kms_alias",
  "AWS::S3::Bucket": "aws_s3_bucket",
  "AWS::S3::BucketPolicy": "aws_s3_bucket_policy",
  "AWS::IAM::Policy": "aws_iam_role_policy",
  "AWS::DynamoDB::GlobalTable": "aws_dynamodb_table",
};

/** A bucket pair, keys and a global table over two regions, once and a hundred times, against AWS CDK. */
export function cdk(): Row[] {
  const rivals = installRivals();
  return Object.entries(ROUNDS).flatMap(([count, rounds]) => {
    const ours = compiled("bench/programs/replicated-stores", count);
    const cdkApp = { args: [join(rivals, "replicated-stores.js"), count], cwd: rivals };
    refuseOtherWork(ours, cdkApp);
    const programs = { ours, cdk: cdkApp, bare: { ...cdkApp, env: { CDK_VALIDATION: "false" } } };
    const measured = sideBySide(programs, rounds);
    const what = `bucket pair, keys, global table x ${count}`;
    return [
      ...compare(what, measured.ours, { name: "AWS CDK", ...measured.cdk }, LIMITS),
      ...compare(what, measured.ours, { name: "AWS CDK, validation off", ...measured.bare }, {}),
    ];
  });
}

/** Fails when the programs do not make the same, or when AWS CDK itself finds fault with what its program makes. */
function refuseOtherWork(ours: Program, cdkApp: Program): void {
  const made = typesOfOurs(ours);
  const cdkMade = typesOfCdk(cdkApp);
  for (const [cdkType, type] of Object.entries(ALIKE)) {
    const [our, other] = [made.filter((t) => t === type).length, cdkMade.filter((t) => t === cdkType).length];
    if (our !== other) throw new Error(`not the same work: ours makes ${our} ${type}, AWS CDK's ${other} ${cdkType}`);
  }
}

function typesOfOurs(program: Program): string[] {
  const byType = [...synthesise(program).values()].flatMap(({ resource }) => Object.entries(resource!));
  return byType.flatMap(([type, byId]) => Object.keys(byId as object).map(() => type));
}

function typesOfCdk(program: Program): string[] {
  return withOutput(program, (outdir) => {
    const { pluginReports } = readJson(join(outdir, "validation-report.json")) as { pluginReports: unknown[] };
    if (pluginReports.length > 0) throw new Error(`AWS CDK finds fault: ${JSON.stringify(pluginReports)}`);
    const templates = readdirSync(outdir).filter((file) => file.endsWith(".template.json"));
    return templates.flatMap((file) => {
      const { Resources } = readJson(join(outdir, file)) as { Resources: Record<string, { Type: string }> };
      return Object.values(Resources).map(({ Type }) => Type);
    });
  });
}
