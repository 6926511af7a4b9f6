/** Layers, cheapest first; `npm test` runs them all. */
// packages are loaded when they are used, as by the built package: a class of the provider has up to 800 KB
const transform = {
  "^.+\\.ts$": [
    "@swc/jest",
    { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs", lazy: true } },
  ],
};
const layer = (displayName, testMatch) => ({
  displayName,
  testMatch,
  transform,
  testEnvironment: "node",
  // `npm test` gives each run a folder of its own for temporary files; what jest has compiled is kept
  cacheDirectory: "<rootDir>/node_modules/.cache/jest",
  setupFilesAfterEnv: ["<rootDir>/setup.js"],
  moduleNameMapper: {
    "^archiver$": "<rootDir>/test/support/archiver-when-used.js",
    "^cdktf-aws-dr$": "<rootDir>/index.ts",
    "^cdktf-aws-dr/(.*)$": "<rootDir>/$1",
  },
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/bench/rivals/", "cdktf\\.out", "\\.venv"],
});

module.exports = {
  projects: [
    layer("unit", [
      "<rootDir>/test/{modules,stacks,terraform,cli,reconcile,drills,examples,docs}/**/*.test.ts",
      "<rootDir>/test/*.test.ts",
    ]),
    layer("properties", ["<rootDir>/test/properties/**/*.test.ts"]),
    layer("provider", ["<rootDir>/test/provider/**/*.test.ts"]),
    layer("emulator", ["<rootDir>/test/emulator/**/*.test.ts"]),
    layer("live", ["<rootDir>/test/live/**/*.test.ts"]),
    layer("long", ["<rootDir>/test/long/**/*.test.ts"]),
    layer("package", ["<rootDir>/test/package/**/*.test.ts"]),
  ],
};
