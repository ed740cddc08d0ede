/** The table of rules. Tokens are not checked, because Terraform checks them when they are known. */
import { renderText } from "../../packages/diagnostics";
import { codePage, error } from "../../packages/domain";
import { credentialForms } from "./credential-forms";
import type { Declarations } from "./declarations";
import { defaultsOutsideRoot } from "./defaults-outside-root";
import { unusableDependencies } from "./unusable-dependencies";
import { duplicateAliases } from "./duplicate-aliases";
import { duplicateDefaults, duplicateNames } from "./duplicate-integrations";
import { duplicateSpaceNames } from "./duplicate-space-names";
import { duplicateWebhooks, overlappingSets, repeatedAdditions, webhooksInSets } from "./duplicate-webhooks";
import type { Rule } from "./finding";
import { literalSecrets } from "./literal-secrets";
import { loginsInAddresses } from "./logins-in-addresses";
import { mixedBitbucketLogins, mixedSpaceliftLogins } from "./mixed-logins";
import { constructsOfOtherApps, variablesOfOtherStacks } from "./other-places";
import { privateKeys } from "./private-keys";
import { providersOfOtherStacks } from "./providers-of-other-stacks";
import { sourcesWithoutWebhook } from "./sources-without-webhook";
import { spaceCycles } from "./space-cycles";
import { unavailableSources } from "./unavailable-sources";
import { unnamedVariables } from "./unnamed-variables";
import { unusableHosts } from "./unusable-hosts";
import { unusableServerUrls } from "./unusable-server-urls";
import { unusableTexts } from "./unusable-texts";
import { projectFiltersOfProjects, wrongProductEvents, wrongProductOptions, wrongProductRepositories } from "./wrong-product";

export const RULES: readonly Rule[] = [
  { code: "secret-literal", find: literalSecrets },
  { code: "secret-literal", find: loginsInAddresses },
  { code: "secret-literal", find: privateKeys },
  { code: "spacelift-credentials-conflict", find: mixedSpaceliftLogins },
  { code: "bitbucket-credentials-conflict", find: mixedBitbucketLogins },
  { code: "credential-form", find: credentialForms },
  { code: "value-missing", find: unnamedVariables },
  { code: "value-not-allowed", find: unusableHosts },
  { code: "value-not-allowed", find: unusableServerUrls },
  { code: "value-not-allowed", find: unusableTexts },
  { code: "value-not-allowed", find: providersOfOtherStacks },
  { code: "value-not-allowed", find: duplicateAliases },
  { code: "value-not-allowed", find: constructsOfOtherApps },
  { code: "value-not-allowed", find: variablesOfOtherStacks },
  { code: "value-not-allowed", find: unusableDependencies },
  { code: "value-not-allowed", find: wrongProductOptions },
  { code: "value-not-allowed", find: wrongProductEvents },
  { code: "value-not-allowed", find: wrongProductRepositories },
  { code: "value-not-allowed", find: projectFiltersOfProjects },
  { code: "default-outside-root", find: defaultsOutsideRoot },
  { code: "duplicate-default", find: duplicateDefaults },
  { code: "duplicate-integration-name", find: duplicateNames },
  { code: "duplicate-repository", find: repeatedAdditions },
  { code: "duplicate-repository", find: duplicateWebhooks },
  { code: "duplicate-repository", find: webhooksInSets },
  { code: "duplicate-repository", find: overlappingSets },
  { code: "duplicate-space-name", find: duplicateSpaceNames },
  { code: "space-cycle", find: spaceCycles },
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
