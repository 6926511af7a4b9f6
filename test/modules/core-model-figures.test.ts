/** Proves how figures of the model are added, compared and judged. It does not prove that a figure is true of AWS. */
import { atOnce, Figure, floorOf, inSequence, verdictOn } from "../../modules/core/model";

const configured = (seconds: number): Figure => ({ seconds, basis: "configured", source: "https://a" });
const typical = (seconds: number): Figure => ({ seconds, basis: "typical", source: "https://b" });
const unknown = (atLeastSeconds?: number): Figure => ({
  ...(atLeastSeconds !== undefined && { atLeastSeconds }),
  basis: "unknown",
  source: "https://c",
});

test("steps that follow each other take the sum, with the weakest basis and its pages", () => {
  expect(inSequence([configured(10), typical(20), typical(5)])).toEqual({
    seconds: 35,
    basis: "typical",
    source: "https://b",
  });
});

test("an unknown step makes the sum unknown, and the others stay as its known part", () => {
  expect(inSequence([configured(10), unknown(), unknown(7)])).toEqual({
    atLeastSeconds: 17,
    basis: "unknown",
    source: "https://c",
  });
});

test("steps that run at the same time take as long as the longest", () => {
  expect(atOnce([typical(20), configured(90)])).toEqual({ seconds: 90, basis: "typical", source: "https://b" });
  expect(atOnce([configured(90), unknown(100)])).toEqual({
    atLeastSeconds: 100,
    basis: "unknown",
    source: "https://c",
  });
});

test("no steps take no time", () => {
  expect(inSequence([])).toEqual({ seconds: 0, basis: "configured", source: "" });
  expect(atOnce([])).toEqual({ seconds: 0, basis: "configured", source: "" });
});

test("a figure without a length is unknown, whatever its basis says", () => {
  const wrong: Figure = { basis: "committed", source: "https://a" };
  expect(inSequence([wrong]).basis).toBe("unknown");
  expect(verdictOn(wrong, 900)).toBe("unknown");
});

test.each([
  [configured(900), "met"],
  [configured(901), "not met"],
  [unknown(), "unknown"],
  [unknown(900), "unknown"],
  [unknown(901), "not met"],
] as const)("%j against an objective of 900 s is %s", (figure, verdict) => {
  expect(verdictOn(figure, 900)).toBe(verdict);
});

test("the known part of a known figure is all of it", () => {
  expect([floorOf(configured(5)), floorOf(unknown(3)), floorOf(unknown())]).toEqual([5, 3, 0]);
});
