/** Layers, cheapest first; `npm test` runs them all. */
const transform = {
  "^.+\\.ts$": [
    "@swc/jest",
    { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } },
  ],
};
const layer = (displayName, testMatch, options = {}) => ({
  displayName,
  testMatch,
  transform,
  testEnvironment: "node",
  setupFilesAfterEnv: ["<rootDir>/setup.js"],
  modulePathIgnorePatterns: ["<rootDir>/dist/", "cdktf\\.out", "\\.venv"],
  ...options,
});

module.exports = {
  projects: [
    layer("unit", ["<rootDir>/test/{modules,stacks,examples,docs}/**/*.test.ts", "<rootDir>/test/*.test.ts"]),
    layer("provider", ["<rootDir>/test/provider/**/*.test.ts"]),
    layer("emulator", ["<rootDir>/test/emulator/**/*.test.ts"]),
    layer("live", ["<rootDir>/test/live/**/*.test.ts"]),
    layer("package", ["<rootDir>/test/package/**/*.test.ts"]),
  ],
};
