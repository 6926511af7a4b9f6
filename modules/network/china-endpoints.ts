import { Partition } from "../core";

/**
 * Services whose interface endpoints are listed under `cn.com.amazonaws` in both regions in China. All others begin with `com.amazonaws`, as
 * everywhere. `aws ec2 describe-vpc-endpoint-services` lists the names.
 *
 * @see https://docs.amazonaws.cn/en_us/vpc/latest/privatelink/aws-services-privatelink-support.html
 * @see https://github.com/aws/aws-cdk/issues/9864
 */
const OF_CHINA = new Set(
  [
    "application-autoscaling appmesh-envoy-management athena autoscaling awsconnector backup batch cassandra",
    "cloudcontrolapi cloudformation codedeploy-commands-secure databrew dms ebs ec2 ecr.api ecr.dkr eks elasticache",
    "elasticbeanstalk elasticfilesystem elasticfilesystem-fips emr-containers execute-api fsx imagebuilder iot.data",
    "kinesis-streams lambda license-manager monitoring rds redshift redshift-data sagemaker.api",
    "sagemaker.featurestore-runtime sagemaker.runtime securityhub servicecatalog sms sqs states sts sync-states",
    "synthetics transcribestreaming transfer xray",
  ].flatMap((line) => line.split(" ")),
);

/** Prefix of an endpoint service's name, before region and service. */
export function endpointPrefix(partition: Partition, service: string): string {
  return partition === "aws-cn" && OF_CHINA.has(service) ? "cn.com.amazonaws" : "com.amazonaws";
}
