/** A field of a cron expression. */
interface CronField {
  readonly min: number;
  readonly max: number;
  /** Names that stand for numbers. */
  readonly names?: readonly string[];
  /** Further values of the field, besides numbers, ranges and steps. */
  readonly special?: RegExp;
}

/**
 * Hours, days of the month, months, days of the week, years. The minutes, in front of them, are a single number: AWS Backup starts
 * a job an hour at most.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
const FIELDS: readonly CronField[] = [
  { min: 0, max: 23 },
  { min: 1, max: 31, special: /^(\?|L|LW|([1-9]|[12]\d|3[01])W)$/ },
  { min: 1, max: 12, names: ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"] },
  {
    min: 1,
    max: 7,
    names: ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"],
    special: /^(\?|L|[1-7]L|([1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)#[1-5])$/,
  },
  { min: 1970, max: 2199 },
];

/** Says whether a text is a cron expression that AWS Backup takes: `cron(0 5 ? * * *)`. */
export function isCron(expression: string): boolean {
  const [minute = "", ...fields] = /^cron\((.+)\)$/.exec(expression)?.[1]?.split(" ") ?? [];
  const [, dayOfMonth, , dayOfWeek] = fields;
  return (
    isNumber(minute, { min: 0, max: 59 }) &&
    fields.length === FIELDS.length &&
    fields.every((text, index) => text.split(",").every((part) => isPart(part, FIELDS[index]!))) &&
    (dayOfMonth === "?") !== (dayOfWeek === "?")
  );
}

function isPart(part: string, field: CronField): boolean {
  if (field.special?.test(part)) return true;
  const [range = "", step, ...rest] = part.split("/");
  const [from = "", to, ...more] = range.split("-");
  const steps = step === undefined || isNumber(step, { min: 1, max: field.max });
  const bounds = range === "*" || (isNumber(from, field) && (to === undefined || isNumber(to, field)));
  return rest.length === 0 && more.length === 0 && steps && bounds;
}

function isNumber(text: string, { min, max, names = [] }: CronField): boolean {
  return names.includes(text) || (/^\d{1,4}$/.test(text) && Number(text) >= min && Number(text) <= max);
}
