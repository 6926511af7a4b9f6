import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

const PROVIDER_ROOTS = ["@cdktf/provider-aws", "@cdktf/provider-aws/lib", "@cdktf/provider-aws/lib/index"].map(
  (name) => ({
    name,
    message: "It loads every resource there is: 3 s and half a gigabyte. Import '@cdktf/provider-aws/lib/<resource>'.",
  }),
);

const CDKTF_INTERNALS = {
  regex: "^cdktf/(?!lib/testing/adapters/jest$)",
  message: "Import from 'cdktf': its folders are no public interface.",
};

/**
 * Other folders import a module through `index.ts`, which is public, or through `internal.ts`, which serves modules and stacks only.
 * `test/architecture.test.ts` says more.
 */
const throughDoors = (parent) => ({
  regex: `^(\\.\\./)+${parent}[a-z0-9-]+/(?!internal$|model$)`,
  message: "Import the folder's index.ts, or its internal.ts.",
});

/** Imports point one way: core <- modules <- stacks <- examples. */
const folder = (files, ...forbidden) => ({
  files,
  rules: {
    "no-restricted-imports": ["error", { paths: PROVIDER_ROOTS, patterns: [CDKTF_INTERNALS, ...forbidden] }],
  },
});

export default defineConfig(
  { ignores: ["dist/", "**/cdktf.out/", "**/.venv/", "coverage/", "docs/", "bench/.build/", "**/*.js", "**/*.cjs"] },
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { noInlineConfig: true },
    rules: {
      eqeqeq: "error",
      "no-duplicate-imports": ["error", { allowSeparateTypeImports: true }],
      // constructs and expectations are made for what they do, not for their value
      "@typescript-eslint/no-confusing-void-expression": "off",
      // with the compiler's noUncheckedIndexedAccess, an index known to exist is written with `!`
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true, allowBoolean: true }],
      // `{ a, ...rest }` is how a property is left out
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true, argsIgnorePattern: "^_" }],
      // an empty text counts as none
      "@typescript-eslint/prefer-nullish-coalescing": ["error", { ignorePrimitives: { string: true } }],
      "@typescript-eslint/no-invalid-void-type": ["error", { allowAsThisParameter: true }],
      "@typescript-eslint/consistent-type-definitions": "off",
      // a type that contains itself cannot be a Record
      "@typescript-eslint/consistent-indexed-object-style": "off",
    },
  },
  folder(["**/*.ts"]),
  folder(["modules/*/*.ts"], throughDoors(""), {
    regex: "/(stacks|examples)(/|$)",
    message: "Modules know of no stack and no example.",
  }),
  folder(["modules/core/**/*.ts"], { regex: "^\\.\\./", message: "Core imports nothing of ours." }),
  folder(["stacks/**/*.ts"], throughDoors("modules/"), {
    regex: "/examples(/|$)",
    message: "Stacks know of no example.",
  }),
  { files: ["**/*.mjs"], extends: [tseslint.configs.disableTypeChecked] },
);
