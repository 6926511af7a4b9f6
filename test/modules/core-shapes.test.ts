/**
 * Proves how a value is checked against a shape, and what the refusal says. `test/shapes.test.ts` proves that the shapes are those of the
 * types.
 */
import { App, TerraformStack, TerraformVariable, Token } from "cdktf";
import { checkAccount, checkName, Duration, parseArn, S3_BUCKET } from "../../modules/core";
import { propsChecker, settingsChecker } from "../../modules/core/shapes";
import { expectRefusal, refusal } from "../support/synth";

const SHAPES = {
  Media: {
    name: "string",
    "days?": "number",
    "keep?": "Duration",
    "kind?": ["one of", "cold", "warm"],
    "level?": ["one of", 1, 2],
    "rules?": ["list", "Rule"],
    "tags?": ["record", "string"],
    "words?": ["list", ["one of", "a", "b"]],
    "what?": ["either", "Cat", "Dog"],
  },
  Cat: { is: ["one of", "cat"], lives: "number" },
  Dog: { is: ["one of", "dog"], name: "string" },
  Rule: { id: "string" },
} as const;
const props = propsChecker(SHAPES);
const settings = settingsChecker(SHAPES, { Rule: "rule, ruleOf" });
const variable = new TerraformVariable(new TerraformStack(new App(), "stack"), "later", {});

test.each<[string, object]>([
  ["only required properties", {}],
  ["what is undefined", { days: undefined, colour: undefined }],
  ["everything", { days: 3, keep: Duration.days(1), kind: "cold", level: 2, rules: [{ id: "a" }], tags: { a: "b" } }],
  ["a key that tokens have as a method", { tags: { resolve: "a" } }],
  ["one of two shapes", { what: { is: "dog", name: "Rex" } }],
  ["tokens of the right kind", { name: variable.stringValue, days: variable.numberValue, level: variable.numberValue }],
  ["a token of a list of words", { words: variable.listValue }],
  ["a token of a list's items", { rules: [{ id: variable.stringValue }] }],
])("takes %s", (_, given) => {
  expect(() => settings("media", "Media", { name: "a", ...given })).not.toThrow();
  expect(() => props("media", "Media", { name: "a", ...given })).not.toThrow();
});

test.each<[string, unknown, string]>([
  [
    "a key that no type has",
    { dayz: 1 },
    "[UnknownSetting] media: 'dayz' is not a setting of media; did you mean 'days'",
  ],
  ["the name of a method", { toString: 1 }, "[UnknownSetting] media: 'toString' is not a setting of media; it has"],
  [
    "nothing for what is required",
    { name: undefined },
    "[MissingSetting] media: 'name' is not given; set it: media needs it",
  ],
  ["null", { days: null }, "[WrongType] media: 'days' must be a number, got null; give a value of that type"],
  ["a list with a hole", { rules: [undefined] }, "[MissingSetting] media: 'rules[0]' is not given"],
  ["a key without a value", { tags: { a: undefined } }, "[MissingSetting] media: 'tags.a' is not given"],
  [
    "an item of another type",
    { rules: ["a"] },
    "[WrongType] media: 'rules[0]' must be a Rule, got \"a\"; make it with rule or ruleOf",
  ],
  [
    "a wrong key further in",
    { rules: [{ id: "a", idd: 1 }] },
    "[UnknownSetting] media: 'idd' is not a setting of 'rules[0]'; did you mean 'id'",
  ],
  [
    "another word",
    { kind: "hot" },
    "[SettingOutOfRange] media: 'kind' must be one of 'cold', 'warm', got 'hot'; choose one of them",
  ],
  [
    "a word for a number",
    { level: "1" },
    "[WrongType] media: 'level' must be one of 1, 2, got '1'; choose one of them",
  ],
  [
    "a number for a time",
    { keep: 5 },
    "[InvalidDuration] media: 'keep' must be a Duration, got 5; write it with its unit: Duration.minutes(15)",
  ],
  [
    "another kind of shape",
    { what: { is: "cow" } },
    "[SettingOutOfRange] media: 'what.is' must be one of 'cat', 'dog', got 'cow'",
  ],
  [
    "a fault of the kind that was meant",
    { what: { is: "cat", lives: "9" } },
    "[WrongType] media: 'what.lives' must be a number, got \"9\"",
  ],
  [
    "a token of another kind",
    { days: variable.stringValue },
    "[WrongType] media: 'days' must be a number, got a token",
  ],
  [
    "a token of numbers",
    { rules: Token.asNumberList(variable.stringValue) },
    "[WrongType] media: 'rules[0]' must be a Rule, got a token",
  ],
  [
    "a token for a word",
    { kind: variable.stringValue },
    "[TokenForPlainString] media: 'kind' must be known at synth, got a token",
  ],
  [
    "an inherited property",
    { rules: [Object.create({ id: "a" })] },
    "[WrongType] media: 'rules[0].id' is inherited, and only an object's own keys are read; give it in the object itself: { id: … }",
  ],
  ["a long text", { days: "x".repeat(99) }, `got "${"x".repeat(59)}…"; give`],
  ["an escape sequence for a terminal", { days: "\u001b[31m" }, 'got "\\u001b[31m"'],
])("refuses %s", (_, given, message) => {
  expect(refusal(() => settings("media", "Media", { name: "a", ...(given as object) })).message).toContain(message);
});

test("props may have keys that the type does not name: an object is often shared by several constructs", () => {
  expect(() => props("media", "Media", { name: "a", dayz: 1 })).not.toThrow();
  expectRefusal(
    () => props("media", "Media", { name: 5, dayz: 1 }),
    "WrongType",
    "'name' must be a string, got 5",
    "media",
  );
});

test("a property for a text refuses another type", () => {
  expectRefusal(
    () => checkName("f", "name", 5 as never, S3_BUCKET),
    "WrongType",
    "'name' must be a string, got 5",
    "f",
  );
  expectRefusal(
    () => checkAccount("f", 111122223333 as never),
    "WrongType",
    "'account' must be a string, got 111122223333",
  );
  expectRefusal(() => parseArn("f", "arn", undefined as never), "WrongType", "'arn' must be a string, got nothing");
});
