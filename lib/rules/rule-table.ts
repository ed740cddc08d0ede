/** The table of rules: those of packages/domain, which the file has too, and those that only constructs can break. Tokens are not checked, because Terraform checks them when they are known. */
import { renderText } from "../../packages/diagnostics";
import { codePage, error } from "../../packages/domain";
import type { Declarations } from "./declarations";
import { BACKING_RULES } from "./backing";
import { misspelledContextKeys } from "./context-keys";
import { duplicateAliases } from "./duplicate-aliases";
import type { Rule } from "./finding";
import { INTEGRATION_RULES } from "./integrations";
import { literalSecrets } from "./literal-secrets";
import { LOGIN_RULES } from "./logins";
import { constructsOfOtherApps, variablesOfOtherStacks } from "./other-places";
import { providersOfOtherStacks } from "./providers-of-other-stacks";
import { sourcesWithoutWebhook } from "./sources-without-webhook";
import { unavailableSources } from "./unavailable-sources";
import { unnamedVariables } from "./unnamed-variables";
import { unusableDependencies } from "./unusable-dependencies";
import { VALUE_RULES } from "./values";
import { WEBHOOK_RULES } from "./webhooks";
import { wrongProductOptions, wrongProductRepositories } from "./wrong-product";

export const RULES: readonly Rule[] = [
  { code: "secret-literal", find: literalSecrets },
  ...LOGIN_RULES,
  { code: "value-missing", find: unnamedVariables },
  ...VALUE_RULES,
  { code: "value-not-allowed", find: misspelledContextKeys },
  { code: "value-not-allowed", find: providersOfOtherStacks },
  { code: "value-not-allowed", find: duplicateAliases },
  { code: "value-not-allowed", find: constructsOfOtherApps },
  { code: "value-not-allowed", find: variablesOfOtherStacks },
  { code: "value-not-allowed", find: unusableDependencies },
  { code: "value-not-allowed", find: wrongProductOptions },
  { code: "value-not-allowed", find: wrongProductRepositories },
  ...BACKING_RULES,
  ...INTEGRATION_RULES,
  ...WEBHOOK_RULES,
  { code: "integration-not-available", find: unavailableSources },
  { code: "source-without-webhook", find: sourcesWithoutWebhook },
];

/** All findings of an app as text: construct path, summary, cause, fix and code. */
export function findingsIn(declarations: Declarations): readonly string[] {
  const violations = RULES.flatMap(({ code, find }) => [...find(declarations)].map((finding) => ({ code, ...finding })));
  return [...declarations.reported, ...violations].map(
    ({ code, construct, ...cause }) => `${construct.node.path}: ${renderText(error(code, cause), codePage)}`,
  );
}
