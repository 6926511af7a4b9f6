/**
 * A rebuild creates the next generation and forgets the previous one. It replaces the compute of the site and ends the failover of the
 * active site. The front door then answers with the active site first. No data is destroyed.
 */
export function expectedRebuild(
  site: "seoul" | "tokyo",
  active: "seoul" | "tokyo",
  { replica, switches: [former, next] }: { readonly replica: string; readonly switches: readonly [string, string] },
): string[] {
  const lines = [
    `${site}: forget aws_cloudwatch_log_group.ledger_Instance_Log-postgresql`,
    `${site}: forget aws_cloudwatch_log_group.ledger_Instance_Log-upgrade`,
    `${site}: forget aws_db_instance.ledger_Instance`,
    `${site}: create aws_cloudwatch_log_group.ledger_Instance2_Log-postgresql`,
    `${site}: create aws_cloudwatch_log_group.ledger_Instance2_Log-upgrade`,
    `${site}: create aws_cloudwatch_metric_alarm.ledger_Lag2`,
    `${site}: create aws_db_instance.ledger_Instance2`,
    `${site}: create aws_db_instance_automated_backups_replication.ledger_Backups2`,
    `${site}: update aws_ssm_parameter.ledger_BackupsArn`,
    `${site}: update aws_ssm_parameter.ledger_Published-address`,
    `${site}: delete+create aws_autoscaling_group.api_Group`,
    `${site}: update terraform_data.Generation`,
    `${site}: delete aws_cloudwatch_metric_alarm.FailoverSwitch`,
    `${site}: create aws_cloudwatch_metric_alarm.FailoverSwitch2`,
    `${active}: update aws_db_instance.${replica}`,
    `${active}: delete aws_cloudwatch_metric_alarm.${replica.replace("Instance", "Lag")}`,
    `front-door: delete aws_route53_health_check.${former}`,
    `front-door: create aws_route53_health_check.${next}`,
    `front-door: delete aws_route53_record.From-${site}_Primary`,
    `front-door: delete aws_route53_record.From-${site}_Secondary`,
    `front-door: create aws_route53_record.From-${active}_Primary`,
    `front-door: create aws_route53_record.From-${active}_Secondary`,
    "front-door: update aws_route53_record.Record",
  ];
  return lines.map((line) => `orders-${line}`).sort();
}
