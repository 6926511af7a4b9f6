import { LambdaFunction, LambdaFunctionProps, zipCode } from "../../modules/lambda-function";
import { SEOUL } from "./synth";

export const KEY_ARN = "arn:aws:kms:ap-northeast-2:111122223333:key/1234";

export const CODE = zipCode({
  bucket: { name: "acme-builds-seoul" },
  key: "orders/1.zip",
  runtime: "nodejs22.x",
  handler: "index.handler",
});

/** A function in Seoul with only the required properties. */
export const PROPS: LambdaFunctionProps = { name: "orders-worker", code: CODE, kmsKeyArn: KEY_ARN };

export const FUNCTION = LambdaFunction.refOf({ ...SEOUL, name: "orders-worker" });
