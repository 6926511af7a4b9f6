import { Ec2ManagedPrefixList } from "@cdktf/provider-aws/lib/ec2-managed-prefix-list";
import { Construct } from "constructs";
import { checkName, claimName, inRange, NameRule } from "../core";
import { Site } from "../site";
import { checkNamedCidrs } from "./cidr";
import { checkProps } from "./shapes";

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateManagedPrefixList.html */
const PREFIX_LIST: NameRule = {
  what: "prefix list name",
  min: 1,
  max: 255,
  pattern: /^(?!com\.amazonaws)[\x20-\x7e]+$/,
  allowed: "printable characters, not beginning with 'com.amazonaws'",
  unique: "region",
  source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateManagedPrefixList.html",
};

/** @see https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
const MOST_ENTRIES = 1_000;

export interface PrefixListProps {
  /** IPv4 networks, each under a name of its own, which becomes its description: `{ tokyo: "10.21.0.0/16" }`. */
  readonly entries: Readonly<Record<string, string>>;
  /** Name, at most 255 characters. */
  readonly name: string;
  /**
   * Entries it may hold, up to 1000. A security group or a route table that names the list spends as many of its rules or routes.
   *
   * @default - as many as it has
   */
  readonly maxEntries?: number;
}

/**
 * A managed prefix list of one site. Security groups and route tables of the site refer to its networks together, such as those of the
 * other sites. If you add a network, every security group that refers to the list admits it.
 *
 * Site: each has its own; other regions cannot use a list.
 * While the other site is dark: works.
 * On failover: nothing happens.
 * Cost: none.
 *
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html
 */
export class PrefixList extends Construct {
  /** Number of security group rules that a reference to the list uses. */
  readonly weight: number;
  readonly resource: Ec2ManagedPrefixList;

  constructor(scope: Construct, id: string, props: PrefixListProps) {
    super(scope, id);
    checkProps(this, "PrefixListProps", props);
    const name = checkName(this, "name", props.name, PREFIX_LIST);
    const { length } = checkNamedCidrs(this, "entries", props.entries);
    this.weight = inRange(this, "maxEntries", props.maxEntries ?? length, length, MOST_ENTRIES);
    claimName(this, PREFIX_LIST, name, Site.of(this));

    this.resource = new Ec2ManagedPrefixList(this, "Resource", {
      name,
      addressFamily: "IPv4",
      maxEntries: this.weight,
      entry: Object.entries(props.entries).map(([description, cidr]) => ({ cidr, description })),
      tags: { Name: name },
    });
  }

  get prefixListArn(): string {
    return this.resource.arn;
  }

  /** Id, `pl-...`: for rules of security groups and routes. */
  get prefixListId(): string {
    return this.resource.id;
  }
}
