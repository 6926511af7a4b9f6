/**
 * Proves that the tables of arguments that replace a resource have a row for every type that an example holds. Does not prove that a row is
 * whole: the tables say how they were read.
 */
import { exampleNames, writtenFiles } from "../support/examples";
import { replacedBetween } from "../support/replaced";
import { REPLACING_ARGUMENTS } from "../support/replacing-arguments";
import { REPLACING_OTHERS } from "../support/replacing-others";

test("every type of an example is in one of the tables, and no type is in both", () => {
  const texts = exampleNames().flatMap((example) =>
    [...writtenFiles(example)].filter(([name]) => name.endsWith(".json")),
  );
  const types = texts.flatMap(([, text]) => Object.keys((JSON.parse(text) as { resource?: object }).resource ?? {}));
  const [stores, others] = [REPLACING_ARGUMENTS, REPLACING_OTHERS].map((table) => Object.keys(table));
  expect(types.filter((type) => type.startsWith("aws_") && ![...stores!, ...others!].includes(type))).toEqual([]);
  expect(stores!.filter((type) => others!.includes(type))).toEqual([]);
});

test("what replaces a security group, a parameter group and a vault is known", () => {
  expect(REPLACING_OTHERS.aws_security_group).toEqual(["description", "name", "name_prefix", "vpc_id"]);
  expect(REPLACING_OTHERS.aws_db_parameter_group).toEqual(["description", "family", "name", "name_prefix"]);
  expect(REPLACING_OTHERS.aws_backup_vault).toEqual(["kms_key_arn", "name"]);
});

test("a change of what an example synthesises to is named when Terraform would replace by it", () => {
  const stack = (group: object) => JSON.stringify({ resource: { aws_security_group: { Web: group } } });
  const web = { name: "web", description: "of the web", tags: { Name: "web" } };
  expect(replacedBetween(stack(web), stack({ ...web, description: "Of the web" }))).toEqual([
    "aws_security_group.Web description",
  ]);
  expect(replacedBetween(stack(web), stack({ ...web, tags: {} }))).toEqual([]);
  const lifecycle = { ignore_changes: ["description"] };
  expect(replacedBetween(stack(web), stack({ ...web, description: "Of the web", lifecycle }))).toEqual([]);
});
