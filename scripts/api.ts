/**
 * `npm run api`: fails when the public surface in `dist/` is not the one written down in `test/golden/api/`.
 * `npm run api:update` writes it down. Each entry point has its own report, so that a review sees which one changed.
 */
import { CompilerState, Extractor, ExtractorConfig, ExtractorLogLevel, IConfigFile } from "@microsoft/api-extractor";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { EntryPoint, entryPoints, ROOT } from "./entry-points";

const DIST = join(ROOT, "dist");
const REPORTS = join(ROOT, "test", "golden", "api");
const FRESH = join(ROOT, "dist", ".api");

const update = process.argv.includes("--update");
if (!existsSync(join(DIST, "index.d.ts"))) {
  console.error("the package is not built: run 'npm run build' first");
  process.exit(1);
}
mkdirSync(REPORTS, { recursive: true });
const reports = entryPoints().map(reportName);
const configs = entryPoints().map(configOf);
const compilerState = CompilerState.create(configs[0]!, {
  additionalEntryPoints: configs.map(({ mainEntryPointFilePath }) => mainEntryPointFilePath),
});
const changed = [...reports.filter((_, index) => isChanged(configs[index]!)), ...orphans()];
rmSync(FRESH, { recursive: true, force: true });
if (changed.length > 0 && !update) {
  console.error(`the public surface has changed: ${changed.join(", ")}`);
  console.error("if that is meant, run 'npm run api:update', list it in CHANGELOG.md and commit test/golden/api/");
  process.exit(1);
}
console.log(changed.length > 0 ? `written: ${changed.join(", ")}` : `${configs.length} reports, no change`);

function reportName({ folder }: EntryPoint): string {
  return `${folder === "." ? "index" : folder.replaceAll("/", "-")}.api.md`;
}

function configOf(entryPoint: EntryPoint): ExtractorConfig {
  const configObject: IConfigFile = {
    projectFolder: ROOT,
    mainEntryPointFilePath: join(DIST, entryPoint.folder, "index.d.ts"),
    compiler: { overrideTsconfig: compilerOptions(), skipLibCheck: true },
    apiReport: {
      enabled: true,
      reportFileName: reportName(entryPoint),
      reportFolder: REPORTS,
      reportTempFolder: FRESH,
    },
    docModel: { enabled: false },
    dtsRollup: { enabled: false },
    tsdocMetadata: { enabled: false },
    newlineKind: "lf",
    messages: {
      compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
      // typedoc and test/public-surface.test.ts check the documentation
      extractorMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
      tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
    },
  };
  const packageJsonFullPath = join(DIST, "package.json");
  return ExtractorConfig.prepare({ configObject, configObjectFullPath: undefined, packageJsonFullPath });
}

function compilerOptions(): object {
  const { compilerOptions } = JSON.parse(readFileSync(join(ROOT, "tsconfig.json"), "utf8")) as {
    compilerOptions: object;
  };
  return { compilerOptions: { ...compilerOptions, paths: {}, types: ["node"] }, include: ["dist"] };
}

/** Extracts one report; writes it where that was asked for. */
function isChanged(config: ExtractorConfig): boolean {
  const { apiReportChanged, errorCount } = Extractor.invoke(config, {
    compilerState,
    localBuild: update,
    messageCallback: (message) => {
      message.handled = message.logLevel !== ExtractorLogLevel.Error;
    },
  });
  if (errorCount > 0) process.exit(1);
  return apiReportChanged;
}

/** Reports of entry points that are gone. */
function orphans(): string[] {
  const gone = readdirSync(REPORTS).filter((name) => !reports.includes(name));
  if (update) for (const name of gone) rmSync(join(REPORTS, name));
  return gone;
}
