import { RecoveryStep } from "../../../modules/core";
import { typeFacts } from "../../../terraform";
import { Block, Json } from "../synth";

/** Something that exists in the simulated AWS, with what Terraform set and what calls changed since. */
export interface Thing {
  readonly type: string;
  readonly region: string;
  /** Arguments as Terraform spells them. */
  readonly settings: Block;
}

/** Types that hold data. Such a resource must never be deleted. */
const STORES =
  /^aws_(db_instance|dynamodb_table|dynamodb_table_replica|s3_bucket|kms_key|rds_cluster|secretsmanager_secret)$/;

/**
 * The part of AWS that a deployment of a workload depends on. It models taken names, deletion protection, capacities that follow their
 * minimum, replicas, switches and the DNS answers. Terraform's side is in `terraform.ts`.
 */
export class SimulatedAws {
  readonly dark = new Set<string>();
  private readonly things = new Map<string, Thing>();
  /** Status of each health check as Route 53 knew it last; a new one is healthy. */
  private readonly tripped = new Set<string>();

  /** The identity of a configuration in AWS. Two configurations with the same name have the same identity. */
  identity(type: string, region: string, address: string, settings: Block): string {
    const names = (typeFacts(type).unique?.by ?? []).map((argument) => text(settings[argument]));
    const known = names.length > 0 && !JSON.stringify(names).includes("${");
    return [type, type === "aws_route53_record" ? "" : region, ...(known ? names : [address])].join(" ");
  }

  find(identity: string): Thing | undefined {
    return this.things.get(identity);
  }

  all(type: string): Thing[] {
    return [...this.things.values()].filter((thing) => thing.type === type);
  }

  create(identity: string, thing: Thing): void {
    if (this.things.has(identity)) throw new Error(`${identity} exists already`);
    if (
      thing.type === "aws_db_instance_automated_backups_replication" ||
      thing.settings.replicate_source_db !== undefined
    ) {
      this.demandSource(identity, thing.settings);
    }
    this.things.set(identity, { ...thing, settings: { ...thing.settings } });
  }

  update(identity: string, settings: Block): void {
    const { type, region } = this.things.get(identity)!;
    this.things.set(identity, { type, region, settings });
    if (type === "aws_autoscaling_group") keepWithin(settings, "desired_capacity", "min_size", "max_size");
    if (type !== "aws_appautoscaling_target") return;
    const [, , service] = text(settings.resource_id).split("/");
    const scaled = this.things.get(`aws_ecs_service ${region} ${service}`);
    if (scaled) keepWithin(Object.assign(scaled.settings, settings), "desired_count", "min_capacity", "max_capacity");
  }

  delete(identity: string): void {
    const { type, settings } = this.things.get(identity)!;
    const { deletion_protection, deletion_protection_enabled, enable_deletion_protection } = settings;
    if (deletion_protection ?? deletion_protection_enabled ?? enable_deletion_protection) {
      throw new Error(`${identity} is protected from deletion`);
    }
    if (STORES.test(type)) throw new Error(`${identity} would be deleted`);
    this.things.delete(identity);
  }

  /** A call of a recovery, in a region. */
  call(
    region: string,
    call: string,
    parameters: NonNullable<RecoveryStep["parameters"]>,
    settingsOf: (token: unknown) => Block,
  ): void {
    const named = (type: string, name: unknown) => this.things.get(`${type} ${region} ${String(name)}`)!.settings;
    switch (call) {
      case "rds:PromoteReadReplica":
        delete named("aws_db_instance", parameters.DBInstanceIdentifier).replicate_source_db;
        return;
      case "autoscaling:UpdateAutoScalingGroup":
        Object.assign(named("aws_autoscaling_group", parameters.AutoScalingGroupName), {
          min_size: parameters.MinSize,
          max_size: parameters.MaxSize,
          desired_capacity: parameters.DesiredCapacity,
        });
        return;
      case "ecs:UpdateService":
        named("aws_ecs_service", parameters.service).desired_count = Number(parameters.desiredCount);
        return;
      case "events:EnableRule":
        named("aws_cloudwatch_event_rule", parameters.Name).state = "ENABLED";
        return;
      case "lambda:UpdateEventSourceMapping":
        settingsOf(parameters.UUID!).enabled = true;
        return;
      case "cloudwatch:PutMetricData":
        this.putMetric(region, parameters as unknown as MetricData);
    }
  }

  /** Route 53 sees the metric of an alarm, and keeps what it saw last. */
  private putMetric(region: string, { Namespace, MetricData: [metric] }: MetricData): void {
    const dimensions = Object.fromEntries(metric.Dimensions.map(({ Name, Value }) => [Name, Value]));
    const watched = this.all("aws_cloudwatch_metric_alarm").find(({ settings, ...alarm }) => {
      const { namespace, metric_name: name } = settings;
      const watches = alarm.region === region && namespace === Namespace && name === metric.MetricName;
      return watches && same(settings.dimensions, dimensions);
    });
    for (const [identity, { type, settings }] of this.things) {
      if (type !== "aws_route53_health_check" || settings.cloudwatch_alarm_name !== watched?.settings.alarm_name)
        continue;
      if (metric.Value >= 1) this.tripped.add(identity);
      else this.tripped.delete(identity);
    }
  }

  /** Names of the sites that a name of the workload is answered by. */
  resolve(name: string, settingsOf: (token: Json) => Thing & { readonly identity: string }): string[] {
    const site = /^([a-z]+)\.\w+\.example\.com$/.exec(name)?.[1];
    const records = this.all("aws_route53_record").filter(
      ({ settings }) => settings.name === name && settings.type === "A",
    );
    if (site !== undefined) return records.length === 1 ? [site] : [];
    const isHealthy = (check: Json | undefined): boolean => {
      if (check === undefined) return true;
      const { identity, settings } = settingsOf(check);
      if (settings.type === "CALCULATED") return (settings.child_healthchecks as Json[]).every(isHealthy);
      return !this.tripped.has(identity);
    };
    const healthy = records.filter(({ settings }) => isHealthy(settings.health_check_id));
    const failover = healthy.find(
      ({ settings }) => (settings.failover_routing_policy as Block | undefined)?.type === "PRIMARY",
    );
    const answering = failover ? [failover] : healthy.length > 0 ? healthy : records;
    return answering.flatMap(({ settings }) => this.resolve((settings.alias as { name: string }).name, settingsOf));
  }

  private demandSource(identity: string, settings: Block): void {
    const source = text(settings.source_db_instance_arn ?? settings.replicate_source_db);
    const [, , , region, , , identifier] = source.split(":");
    if (!this.things.has(`aws_db_instance ${region} ${identifier}`))
      throw new Error(`${identity}: no source ${source}`);
  }
}

interface MetricData {
  readonly Namespace: string;
  readonly MetricData: [{ MetricName: string; Value: number; Dimensions: { Name: string; Value: string }[] }];
}

/** AWS moves a number between its floor and its ceiling whenever one of them is set. */
function keepWithin(settings: Block, number: string, floor: string, ceiling: string): void {
  settings[number] = Math.min(Math.max(Number(settings[number]), Number(settings[floor])), Number(settings[ceiling]));
}

function text(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

export function same(one: Json | undefined, other: Json | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
