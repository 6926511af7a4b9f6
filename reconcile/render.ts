import { Checklist, Forgotten } from "./checklist";
import { Report, StackReport } from "./reconcile";
import { printableLines } from "../modules/core/printable";
import { shellWord } from "./shell-word";

/** Renders a report as plain text for an operator. */
export function render({ stacks, checklist }: Report): string {
  return printableLines([...stacks.flatMap(renderStack), ...renderChecklist(checklist, stacks)]);
}

function renderStack(report: StackReport): string[] {
  const { stack, removed, moved, imports, offers, destroyed, left, planned } = report;
  const known = offers.filter(({ id }) => id !== undefined);
  const lines = [
    ...removed.map(({ from, id, why }) => `  forget  ${from}${id === undefined ? "" : ` (${id})`}: ${why}`),
    ...moved.map(({ from, to, why }) => `  move    ${from} to ${to}: ${why}`),
    ...imports.map(({ to, id, why }) => `  import  ${to} (${id}): ${why}`),
    ...destroyed.map(({ from }) => `  destroy ${from}: holds no data`),
    ...left.flatMap(({ address, problem, remedy }) => [
      `  LEFT    ${address ?? stack}: ${inOneLine(problem)}`,
      `          ${remedy}`,
    ]),
    ...(known.length === 0
      ? []
      : [`  ${known.length} to be created could be imported, were they there: --adopt-existing`]),
  ];
  const title = `${stack}: ${headline(report)}`;
  return planned && lines.length === 0 ? [title] : [title, ...lines];
}

/** Terraform's messages have several lines. */
function inOneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function headline({ text, told, planned, file }: StackReport): string {
  if (!planned) return "no plan";
  if (text === undefined)
    return told ? "nothing to tell Terraform" : `nothing to tell any more: --write removes ${file}`;
  return told ? `told in ${file}` : `not told yet: --write writes ${file}`;
}

function renderChecklist({ workloads, forgotten, deploy }: Checklist, stacks: readonly StackReport[]): string[] {
  const roles = workloads.flatMap(({ workload, pattern, sites }) => [
    "",
    `${workload}, a ${pattern}`,
    ...sites.map(({ name, region, role, generation, home }) => {
      return `  ${name}  ${region}  ${role}  generation ${generation}${home ? "  home" : ""}`;
    }),
  ]);
  const todo = [
    ...stacks.filter(({ told }) => !told).map(({ stack }) => `run again with --write: ${stack} is not told yet`),
    ...stacks.flatMap(({ stack, left }) =>
      left.map(({ address }) => `${stack}: settle ${address ?? "why there is no plan"}`),
    ),
    ...deploy.map((names, index) => `deploy ${index + 1}: cdktf deploy ${names.map(shellWord).join(" ")}`),
    ...workloads.flatMap((one) => one.todo),
    ...forgotten.map(describe),
  ];
  return [
    ...roles,
    "",
    "checklist",
    ...(todo.length === 0 ? ["  nothing is left to do"] : todo.map((line) => `  [ ] ${line}`)),
  ];
}

function describe({ stack, address, id, region, account }: Forgotten): string {
  const where = [region, account && `account ${account}`].filter(Boolean).join(", ");
  const payer = account ?? "its account";
  return `${stack}: ${address}${id === undefined ? "" : ` (${id})`} stays in AWS${where && `, ${where}`}; ${payer} pays for it until you delete it`;
}
