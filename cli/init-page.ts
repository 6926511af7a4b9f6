/** The options of the program that `init` writes. */
export interface PageOptions {
  readonly pattern: PatternName;
  readonly name: string;
  /** Region and account of each site, the home first. */
  readonly sites: Readonly<Record<string, { readonly region: string; readonly account: string }>>;
  /** Prefix of the names of the state buckets. The site's name follows it. */
  readonly state: string;
  /** Hosted zone of the name that users call. */
  readonly zone: string;
}

interface PatternLines {
  readonly className: string;
  readonly objectives: string;
  readonly capacity: string;
  /** More lines of the page. */
  readonly more: readonly string[];
}

const OBJECTIVES = "rto: Duration.minutes(45), rpo: Duration.minutes(15)";
const CAPACITY = "active: 6";

/** How a page differs from pattern to pattern. */
export const PAGE_OF = {
  "backup-restore": {
    className: "BackupRestore",
    objectives: "rto: Duration.hours(8), rpo: Duration.hours(1)",
    capacity: CAPACITY,
    more: [],
  },
  "pilot-light": { className: "PilotLight", objectives: OBJECTIVES, capacity: CAPACITY, more: [] },
  "warm-standby": { className: "WarmStandby", objectives: OBJECTIVES, capacity: "active: 6, standby: 2", more: [] },
  "multi-site": { className: "MultiSite", objectives: OBJECTIVES, capacity: CAPACITY, more: ['  writes: "global",'] },
} as const satisfies Readonly<Record<string, PatternLines>>;

export type PatternName = keyof typeof PAGE_OF;

/** The defaults. They write the program that the README shows. */
export const DEFAULT_PAGE: PageOptions = {
  pattern: "pilot-light",
  name: "orders",
  sites: {
    seoul: { region: "ap-northeast-2", account: "111122223333" },
    tokyo: { region: "ap-northeast-1", account: "111122223333" },
  },
  state: "acme-tf",
  zone: "example.com",
};

/** The files of a project, by name. */
export function projectFiles(options: PageOptions): Readonly<Record<string, string>> {
  return { "cdktf.json": CDKTF_JSON, "tsconfig.json": TSCONFIG_JSON, "main.ts": page(options) };
}

const CDKTF_JSON = `{ "language": "typescript", "app": "npx tsc && npx tsx main.ts" }
`;

const TSCONFIG_JSON = `{
  "compilerOptions": {
    "module": "nodenext", "target": "es2022", "types": ["node"], "strict": true, "noEmit": true, "skipLibCheck": true
  },
  "include": ["*.ts"]
}
`;

function page({ pattern, name, sites, state, zone }: PageOptions): string {
  const { className, objectives, capacity, more } = PAGE_OF[pattern];
  const imported = ["autoScaling", "bucket", "dns", "Duration", className, "postgres", "ssmImage", "table"];
  const siteLines = Object.entries(sites).map(([site, { region, account }], index) => {
    const home = index === 0 ? " // first = home" : "";
    return `    ${site}: { region: "${region}", account: "${account}", state: { bucket: "${state}-${site}" } },${home}`;
  });
  return `import { App } from "cdktf";
import { ${imported.sort(ignoringCase).join(", ")} } from "cdktf-aws-dr/stacks";

const app = new App();

new ${className}(app, "${name}", {
  sites: {
${siteLines.join("\n")}
  },
  objectives: { ${objectives} },
${more.map((line) => `${line}\n`).join("")}  data: {
    ledger: postgres({ instanceClass: "db.r6g.large", storageGiB: 200 }),
    carts: table({ partitionKey: { name: "id", type: "S" } }),
    receipts: bucket(),
  },
  compute: {
    api: autoScaling({
      image: ssmImage("/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64"),
      instanceType: "m7g.large",
      userData: "#!/bin/sh\\nsystemd-run --uid=nobody python3 -m http.server -d /srv 8080", // until you have a server
      capacity: { ${capacity} },
      uses: ["ledger", "carts", "receipts"],
    }),
  },
  frontDoor: dns({ zone: "${zone}", record: "${name}"${stateIn(Object.keys(sites))} }),
});

app.synth();
`;
}

/** With several standbys, the library needs the name of the one that keeps the state of the front door. */
function stateIn([, standby, ...others]: readonly string[]): string {
  return others.length > 0 ? `, stateIn: "${standby}"` : "";
}

function ignoringCase(a: string, b: string): number {
  return a.toLowerCase() < b.toLowerCase() ? -1 : 1;
}
