/** Type-aware rules for every folder. __tests__/architecture.test.ts checks imports against the table in ARCHITECTURE.md. */
import eslint from "@eslint/js";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["**/dist/", "**/cdktf.out/", "coverage/", "lib/bindings/", "lib/providers/", "packages/terraform-plugin/wire/generated/"] },
  eslint.configs.recommended,
  {
    rules: {
      "no-restricted-properties": [
        "error",
        {
          object: "URL",
          property: "canParse",
          message:
            "Node.js 20 and 22 return false for international hosts once they have optimized it. Use parsedUrl, or new URL and catch.",
        },
      ],
    },
  },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-import-type-side-effects": "error",
      // Allows `return report(…)` in a function that returns nothing; the types still hold.
      "@typescript-eslint/no-confusing-void-expression": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", destructuredArrayIgnorePattern: "^_" },
      ],
      // Brackets mark keys of index signatures (`env["HOME"]`), dots mark declared properties (`record.name`).
      "@typescript-eslint/dot-notation": "off",
      eqeqeq: ["error", "always", { null: "ignore" }],
    },
  },
  {
    // A construct is created for its effect on the construct tree.
    files: ["lib/**/*.ts", "stacks/**/*.ts", "examples/**/*.ts", "main.ts", "**/__tests__/**/*.ts"],
    rules: { "no-new": "off", "@typescript-eslint/no-extraneous-class": "off" },
  },
  {
    // Tests read parsed JSON and use matchers, which have the type any; a wrong assumption fails the test.
    files: ["**/__tests__/**/*.ts"],
    rules: {
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
  {
    // Files of a guide have a tsconfig.json of their own, with which they do not compile here: they import the installed package.
    files: ["examples/constructs/*.ts"],
    languageOptions: { parserOptions: { projectService: false, project: "./tsconfig.json", tsconfigRootDir: import.meta.dirname } },
    rules: {
      // The test runner of Node.js waits for its tests.
      "@typescript-eslint/no-floating-promises": [
        "error",
        { allowForKnownSafeCalls: [{ from: "package", package: "node:test", name: "test" }] },
      ],
    },
  },
  {
    files: ["**/*.js"],
    languageOptions: {
      sourceType: "commonjs",
      globals: {
        require: "readonly",
        module: "writable",
        process: "readonly",
        console: "readonly",
        __dirname: "readonly",
        __filename: "readonly",
      },
    },
  },
);
