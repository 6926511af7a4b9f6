/**
 * Proves what is synthesised for a group of instances. Does not prove that EC2 has the
 * capacity, nor that an image starts.
 */
import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import "cdktf/lib/testing/adapters/jest";
import { ami, AutoScalingGroup, AutoScalingGroupProps, ssmImage } from "../../modules/auto-scaling";
import { LoadBalancer } from "../../modules/load-balancer";
import { Duration } from "../../modules/core";
import { Site } from "../../modules/site";
import { DENY_SWITCHES } from "../support/switches";
import { SEOUL, synth, synthInSite, Synthesised, TOKYO } from "../support/synth";

const IMAGE = ssmImage("/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64");
const ACTIVE = { min: 2, desired: 3, max: 6 };
const props: AutoScalingGroupProps = {
  name: "orders-seoul-api",
  capacity: ACTIVE,
  image: IMAGE,
  instanceType: "m7g.large",
  kmsKeyArn: "arn:aws:kms:ap-northeast-2:111122223333:key/1234",
  subnetIds: ["subnet-1", "subnet-2"],
  vpcId: "vpc-1",
};
const make = (change: Partial<AutoScalingGroupProps> = {}) =>
  synthInSite((site) => new AutoScalingGroup(site, "Api", { ...props, ...change }));

/** A group behind a load balancer. */
const behind = (change: Partial<AutoScalingGroupProps> = {}) =>
  synthInSite((site) => {
    const { vpcId, subnetIds } = props;
    const clients = { clientCidrs: ["10.20.0.0/16"], listener: { plainHttp: true } };
    const balancer = new LoadBalancer(site, "Balancer", {
      name: "b",
      vpcId,
      subnetIds,
      target: { port: 8080 },
      ...clients,
    });
    new AutoScalingGroup(site, "Api", { ...props, target: balancer.target, ...change });
  });

const reference = (type: string, name: string) =>
  expect.stringMatching(new RegExp(`^\\$\\{${type}\\.[\\w-]+\\.${name}\\}$`)) as string;
const dependency = (type: string) => expect.stringMatching(new RegExp(`^${type}\\.`)) as string;

const statementsOf = (tf: Synthesised) =>
  (JSON.parse(tf.only("aws_iam_role_policy").policy as string) as { Statement: unknown[] }).Statement;

/** Actions that the SSM agent calls, without those for parameters. */
const SESSION_MANAGER = [
  {
    Sid: "ManagedInstance",
    Effect: "Allow",
    Action: [
      "ssm:DescribeAssociation",
      "ssm:DescribeDocument",
      "ssm:GetDeployablePatchSnapshotForInstance",
      "ssm:GetDocument",
      "ssm:GetManifest",
      "ssm:ListAssociations",
      "ssm:ListInstanceAssociations",
      "ssm:PutComplianceItems",
      "ssm:PutConfigurePackageResult",
      "ssm:PutInventory",
      "ssm:UpdateAssociationStatus",
      "ssm:UpdateInstanceAssociationStatus",
      "ssm:UpdateInstanceInformation",
    ],
    Resource: "*",
  },
  {
    Sid: "SessionChannels",
    Effect: "Allow",
    Action: [
      "ssmmessages:CreateControlChannel",
      "ssmmessages:CreateDataChannel",
      "ssmmessages:OpenControlChannel",
      "ssmmessages:OpenDataChannel",
    ],
    Resource: "*",
  },
  {
    Sid: "OldAgentMessages",
    Effect: "Allow",
    Action: [
      "ec2messages:AcknowledgeMessage",
      "ec2messages:DeleteMessage",
      "ec2messages:FailMessage",
      "ec2messages:GetEndpoint",
      "ec2messages:GetMessages",
      "ec2messages:SendReply",
    ],
    Resource: "*",
  },
];

const GROUP = {
  provider: "aws",
  name: "orders-seoul-api",
  min_size: 2,
  desired_capacity: 3,
  max_size: 6,
  vpc_zone_identifier: ["subnet-1", "subnet-2"],
  launch_template: {
    id: reference("aws_launch_template", "id"),
    version: reference("aws_launch_template", "latest_version"),
  },
  instance_refresh: {
    strategy: "Rolling",
    preferences: {
      auto_rollback: false,
      min_healthy_percentage: 100,
      max_healthy_percentage: 110,
      skip_matching: false,
    },
  },
  health_check_type: "EC2",
  health_check_grace_period: 300,
  default_instance_warmup: 300,
  capacity_rebalance: true,
  termination_policies: ["Default"],
  enabled_metrics: [
    "GroupDesiredCapacity",
    "GroupInServiceInstances",
    "GroupMaxSize",
    "GroupMinSize",
    "GroupPendingInstances",
    "GroupStandbyInstances",
    "GroupTerminatingInstances",
    "GroupTotalInstances",
  ],
  metrics_granularity: "1Minute",
  tag: [{ key: "Name", value: "orders-seoul-api", propagate_at_launch: true }],
  wait_for_capacity_timeout: "0",
  ignore_failed_scaling_activities: true,
  lifecycle: { ignore_changes: ["desired_capacity"] },
  depends_on: [dependency("aws_iam_role_policy")],
};

const tagged = (tags: Record<string, string>) =>
  ["volume", "network-interface"].map((resource_type) => ({ resource_type, tags }));

const TEMPLATE = {
  provider: "aws",
  name: "orders-seoul-api",
  description: "Instances of orders-seoul-api",
  update_default_version: true,
  image_id: "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
  instance_type: "m7g.large",
  iam_instance_profile: { arn: reference("aws_iam_instance_profile", "arn") },
  monitoring: { enabled: true },
  metadata_options: {
    http_endpoint: "enabled",
    http_tokens: "required",
    http_put_response_hop_limit: 1,
    http_protocol_ipv6: "disabled",
    instance_metadata_tags: "disabled",
  },
  network_interfaces: [
    {
      device_index: 0,
      associate_public_ip_address: "false",
      delete_on_termination: "true",
      security_groups: [reference("aws_security_group", "id")],
    },
  ],
  block_device_mappings: [
    {
      device_name: "/dev/xvda",
      ebs: {
        delete_on_termination: "true",
        encrypted: "true",
        kms_key_id: "arn:aws:kms:ap-northeast-2:111122223333:key/1234",
        volume_type: "gp3",
      },
    },
  ],
  tag_specifications: tagged({ Name: "orders-seoul-api" }),
};

describe("AutoScalingGroup", () => {
  test("defaults", () => {
    const tf = make();

    expect(tf.types()).toEqual([
      "aws_autoscaling_group", // the group
      "aws_iam_instance_profile", // passes the role
      "aws_iam_role", // no permission
      "aws_iam_role_policy", // denies switches
      "aws_launch_template", // settings
      "aws_security_group", // admits no source
      "aws_vpc_security_group_egress_rule", // outbound
    ]);
    expect(tf.only("aws_autoscaling_group")).toEqual(GROUP);
    expect(tf.only("aws_launch_template")).toEqual(TEMPLATE);
    expect(tf.text).toHaveResourceWithProperties(AutoscalingGroup, { min_size: 2, max_size: 6 });
  });

  test("instances send requests and receive none", () => {
    const tf = make();

    expect(tf.only("aws_security_group")).toEqual({
      provider: "aws",
      name: "instances-orders-seoul-api",
      description: "Instances of orders-seoul-api",
      vpc_id: "vpc-1",
      tags: { Name: "instances-orders-seoul-api" },
    });
    expect(tf.only("aws_vpc_security_group_egress_rule")).toEqual({
      provider: "aws",
      security_group_id: reference("aws_security_group", "id"),
      description: "Whatever the instances ask for",
      cidr_ipv4: "0.0.0.0/0",
      ip_protocol: "-1",
    });
    const narrow = make({ outboundCidrs: ["10.20.0.0/16", "10.30.0.0/16"] });
    expect(narrow.all("aws_vpc_security_group_egress_rule").map(({ cidr_ipv4 }) => cidr_ipv4)).toEqual([
      "10.20.0.0/16",
      "10.30.0.0/16",
    ]);
    expect(make({ outboundCidrs: [] }).types()).not.toContain("aws_vpc_security_group_egress_rule");
  });

  test("a role that may do nothing, and trip no switch, of a name that no other region of the account has", () => {
    const tf = make();

    const { assume_role_policy, ...role } = tf.only("aws_iam_role");
    expect(role).toEqual({
      provider: "aws",
      name: "orders-seoul-api-ap-northeast-2",
      description: "Instances of orders-seoul-api",
    });
    expect(JSON.parse(assume_role_policy as string)).toEqual({
      Version: "2012-10-17",
      Statement: [
        { Sid: "Trust", Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
      ],
    });
    expect(statementsOf(tf)).toEqual([DENY_SWITCHES]);
    expect(make({ mayTripSwitches: true }).types()).not.toContain("aws_iam_role_policy");
    expect(tf.only("aws_iam_instance_profile")).toEqual({
      provider: "aws",
      name: "orders-seoul-api-ap-northeast-2",
      role: reference("aws_iam_role", "name"),
    });
  });

  test("statements, sessionManager and managedPolicyArns exist before the first instance", () => {
    const tf = make({
      statements: [{ sid: "Read", actions: ["s3:GetObject"], resources: ["arn:aws:s3:::acme/*"] }],
      sessionManager: true,
      managedPolicyArns: { Agent: "arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy" },
    });

    const { policy: _, ...inline } = tf.only("aws_iam_role_policy");
    expect(inline).toEqual({ provider: "aws", name: "instances", role: reference("aws_iam_role", "name") });
    expect(statementsOf(tf)).toEqual([
      ...SESSION_MANAGER,
      { Sid: "Read", Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::acme/*" },
      DENY_SWITCHES,
    ]);
    expect(tf.at("Site/Api/ManagedPolicy-Agent")).toEqual({
      provider: "aws",
      role: reference("aws_iam_role", "name"),
      policy_arn: "arn:aws:iam::aws:policy/CloudWatchAgentServerPolicy",
    });
    expect(tf.only("aws_autoscaling_group").depends_on).toEqual([
      dependency("aws_iam_role_policy_attachment"),
      dependency("aws_iam_role_policy"),
    ]);
  });

  test("in China the instances' role trusts China's EC2", () => {
    const china = { region: "cn-north-1", account: "111122223333" };
    const kmsKeyArn = "arn:aws-cn:kms:cn-north-1:111122223333:key/1234";
    const tf = synthInSite((site) => {
      new AutoScalingGroup(site, "Api", { ...props, kmsKeyArn });
    }, china);
    expect(tf.only("aws_iam_role").assume_role_policy).toContain('"Service":"ec2.amazonaws.com.cn"');
  });

  test.each<[Partial<AutoScalingGroupProps>, object]>([
    [{ capacity: { min: 0, desired: 0, max: 6 } }, { min_size: 0, desired_capacity: 0 }],
    [{ healthCheckGracePeriod: Duration.minutes(1) }, { health_check_grace_period: 60 }],
    [{ instanceWarmup: Duration.seconds(0) }, { default_instance_warmup: 0 }],
    [{ maxInstanceLifetime: Duration.days(7) }, { max_instance_lifetime: 604_800 }],
    [{ terminationPolicies: ["OldestInstance", "Default"] }, { termination_policies: ["OldestInstance", "Default"] }],
    [
      { instanceTags: { Team: "orders" } },
      {
        tag: [
          { key: "Name", value: "orders-seoul-api", propagate_at_launch: true },
          { key: "Team", value: "orders", propagate_at_launch: true },
        ],
      },
    ],
    [
      { image: ami("ami-0123456789abcdef0") },
      {
        instance_refresh: {
          ...GROUP.instance_refresh,
          preferences: { ...GROUP.instance_refresh.preferences, auto_rollback: true, skip_matching: true },
        },
      },
    ],
  ])("group of %j", (change, expected) => {
    expect(make(change).only("aws_autoscaling_group")).toEqual({ ...GROUP, ...expected });
  });

  test.each<[Partial<AutoScalingGroupProps>, object]>([
    [{ detailedMonitoring: false }, { monitoring: { enabled: false } }],
    [{ metadataHopLimit: 2 }, { metadata_options: { ...TEMPLATE.metadata_options, http_put_response_hop_limit: 2 } }],
    [{ instanceTags: { Name: "api" } }, { tag_specifications: tagged({ Name: "api" }) }],
    [
      { image: ami("ami-0123456789abcdef0", { rootDeviceName: "/dev/sda1" }), rootVolumeGiB: 20 },
      {
        image_id: "ami-0123456789abcdef0",
        block_device_mappings: [
          { device_name: "/dev/sda1", ebs: { ...TEMPLATE.block_device_mappings[0]!.ebs, volume_size: 20 } },
        ],
      },
    ],
    [
      { userData: "#!/bin/bash\necho ${HOME}" },
      { user_data: Buffer.from("#!/bin/bash\necho ${HOME}").toString("base64") },
    ],
  ])("template of %j", (change, expected) => {
    expect(make(change).only("aws_launch_template")).toEqual({ ...TEMPLATE, ...expected });
  });

  test("passes the Site's tags to its instances; a tag of the group wins", () => {
    const tf = synthInSite(
      (site) => new AutoScalingGroup(site, "Api", { ...props, instanceTags: { Team: "orders" } }),
      {
        ...SEOUL,
        tags: { CostCenter: "42", Team: "site" },
      },
    );
    const tags = { Name: "orders-seoul-api", CostCenter: "42", Team: "orders" };
    expect(tf.only("aws_launch_template")).toEqual({ ...TEMPLATE, tag_specifications: tagged(tags) });
    expect(tf.only("aws_autoscaling_group")).toEqual({
      ...GROUP,
      tag: Object.entries(tags).map(([key, value]) => ({ key, value, propagate_at_launch: true })),
    });
  });

  test("userData with a value of the stack is encoded by Terraform", () => {
    const tf = synthInSite((site) => {
      const store = new AutoScalingGroup(site, "Store", { ...props, name: "store" });
      new AutoScalingGroup(site, "Api", { ...props, userData: `echo ${store.resource.arn}` });
    });
    expect(tf.at("Site/Api/LaunchTemplate").user_data).toMatch(
      /^\$\{base64encode\("echo \$\{aws_autoscaling_group\.\w+\.arn\}"\)\}$/,
    );
  });

  test("target: the load balancer judges, and each lets the other in by name", () => {
    const tf = behind();

    expect(tf.only("aws_autoscaling_group")).toEqual({
      ...GROUP,
      health_check_type: "ELB",
      target_group_arns: [reference("aws_lb_target_group", "arn")],
      depends_on: [dependency("aws_iam_role_policy"), dependency("aws_lb_listener")],
    });
    const rule = {
      provider: "aws",
      security_group_id: reference("aws_security_group", "id"),
      referenced_security_group_id: reference("aws_security_group", "id"),
      description: "Load balancer to instances",
      ip_protocol: "tcp",
      from_port: 8080,
      to_port: 8080,
    };
    const into = tf.at("Site/Api/FromLoadBalancer");
    const out = tf.at("Site/Api/LoadBalancerOutbound");
    expect([into, out]).toEqual([rule, rule]);
    expect(into.security_group_id).toContain("Site_Api_SecurityGroup");
    expect(into.referenced_security_group_id).toContain("Site_Balancer_SecurityGroup");
    expect([out.security_group_id, out.referenced_security_group_id]).toEqual([
      into.referenced_security_group_id,
      into.security_group_id,
    ]);
  });

  test("scaling", () => {
    const tf = behind({ scaling: { cpuPercent: 60, requestsPerMinute: 1_000 } });

    const policy = (id: string, tracking: object) => ({
      provider: "aws",
      name: `orders-seoul-api-${id}`,
      autoscaling_group_name: reference("aws_autoscaling_group", "name"),
      policy_type: "TargetTrackingScaling",
      target_tracking_configuration: { disable_scale_in: false, ...tracking },
    });
    expect(tf.at("Site/Api/Scaling-cpu")).toEqual(
      policy("cpu", {
        predefined_metric_specification: { predefined_metric_type: "ASGAverageCPUUtilization" },
        target_value: 60,
      }),
    );
    expect(tf.at("Site/Api/Scaling-requests")).toEqual(
      policy("requests", {
        predefined_metric_specification: {
          predefined_metric_type: "ALBRequestCountPerTarget",
          resource_label: expect.stringMatching(
            /^\$\{aws_lb\.\w+\.arn_suffix\}\/\$\{aws_lb_target_group\.\w+\.arn_suffix\}$/,
          ) as string,
        },
        target_value: 1_000,
      }),
    );
    expect(behind({ scaling: { cpuPercent: 60 } }).all("aws_autoscaling_policy")).toHaveLength(1);
  });

  test("refOf names what is created", () => {
    const tf = synthInSite((site) => {
      const group = new AutoScalingGroup(site, "Api", props);
      expect(group.groupName).toBe("orders-seoul-api");
      expect(group.ref).toEqual(AutoScalingGroup.refOf({ ...SEOUL, name: "orders-seoul-api" }));
      expect(group.ref).toEqual({
        name: "orders-seoul-api",
        arn: "arn:aws:autoscaling:ap-northeast-2:111122223333:autoScalingGroup:*:autoScalingGroupName/orders-seoul-api",
        region: "ap-northeast-2",
        account: "111122223333",
      });
    });
    expect(tf.only("aws_autoscaling_group").name).toBe("orders-seoul-api");
  });

  test("two of them live in one stack", () => {
    const tf = synthInSite((site) => {
      const rich = { sessionManager: true, scaling: { cpuPercent: 50 } };
      new AutoScalingGroup(site, "One", { ...props, ...rich, name: "one" });
      new AutoScalingGroup(site, "Two", { ...props, ...rich, name: "two" });
    });
    expect(tf.all("aws_autoscaling_group").map(({ name }) => name)).toEqual(["one", "two"]);
  });

  test("the same name lives in two regions of an account", () => {
    const kmsKeyArn = "arn:aws:kms:ap-northeast-1:111122223333:key/1234";
    const tf = synth((scope) => {
      new AutoScalingGroup(new Site(scope, "Seoul", SEOUL), "Api", props);
      new AutoScalingGroup(new Site(scope, "Tokyo", TOKYO), "Api", { ...props, kmsKeyArn });
    });
    expect(tf.all("aws_iam_role").map(({ name }) => name)).toEqual([
      "orders-seoul-api-ap-northeast-2",
      "orders-seoul-api-ap-northeast-1",
    ]);
  });
});
