import { NameRule } from "../core";

/** @see https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html */
export const GROUP: NameRule = {
  what: "Auto Scaling group name",
  min: 1,
  max: 255,
  pattern: /^[\w./-]+$/,
  allowed: "letters, digits and any of ./_-",
  unique: "region",
  source: "https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html",
};

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateLaunchTemplate.html */
export const TEMPLATE: NameRule = {
  what: "launch template name",
  min: 3,
  max: 128,
  pattern: /^[\w()./-]+$/,
  allowed: "letters, digits and any of ()./_-",
  unique: "region",
  source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateLaunchTemplate.html",
};

/** @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-types.html */
export const INSTANCE_TYPE: NameRule = {
  what: "instance type",
  min: 6,
  max: 40,
  pattern: /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/,
  allowed: "a family and a size, such as 'm7g.large'",
  unique: "region",
  source: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-types.html",
};
