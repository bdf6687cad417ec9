import js from "@eslint/js";
import globals from "globals";

export default [
  js.configs.recommended,
  {
    languageOptions: { globals: globals.browser, sourceType: "module", ecmaVersion: 2024 },
    rules: {
      curly: ["error", "multi-line"],
      eqeqeq: "error",
      "no-implied-eval": "error",
      "no-restricted-properties": ["error", { property: "outerHTML" }, { property: "insertAdjacentHTML" }],
      "no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "no-var": "error",
      "prefer-const": "error",
    },
  },
  {
    // One place only puts HTML in: what the server made harmless, into a frame that runs nothing.
    ignores: ["**/frames.js"],
    rules: { "no-restricted-properties": ["error", { property: "innerHTML" }, { property: "outerHTML" }, { property: "insertAdjacentHTML" }] },
  },
];
