/** The rules between props, as a table. All are judged at once, over the whole app; what is a token is left to Terraform. */
import { error } from "../../packages/domain";
import { renderText } from "../../packages/diagnostics";
import { credentialForms, literalSecrets, secretsInAddresses, unnamedVariables } from "./credential-rules";
import type { Declarations } from "../declarations";
import type { PropRule } from "./finding";
import { unusableHosts, unusableServers } from "./host-rules";
import { defaultsOutsideRoot, emptyNames, secondDefaults, sharedNames, tokens, unknownWords } from "./integration-rules";
import { providersOfOtherStacks } from "./provider-rules";
import { sharedSpaceNames, spaceCycles, unavailableSources } from "./space-rules";
import { repeatedRepositories, silentSources, strangersToTheProduct } from "./webhook-rules";

export const PROP_RULES: readonly PropRule[] = [
  { code: "secret-literal", find: literalSecrets },
  { code: "secret-literal", find: secretsInAddresses },
  { code: "credential-form", find: credentialForms },
  { code: "token-not-allowed", find: tokens },
  { code: "value-missing", find: emptyNames },
  { code: "value-missing", find: unnamedVariables },
  { code: "value-not-allowed", find: unknownWords },
  { code: "value-not-allowed", find: unusableHosts },
  { code: "value-not-allowed", find: unusableServers },
  { code: "value-not-allowed", find: providersOfOtherStacks },
  { code: "value-not-allowed", find: strangersToTheProduct },
  { code: "default-outside-root", find: defaultsOutsideRoot },
  { code: "duplicate-default", find: secondDefaults },
  { code: "duplicate-integration-name", find: sharedNames },
  { code: "duplicate-repository", find: repeatedRepositories },
  { code: "duplicate-space-name", find: sharedSpaceNames },
  { code: "space-cycle", find: spaceCycles },
  { code: "integration-not-available", find: unavailableSources },
  { code: "source-without-webhook", find: silentSources },
];

/** Every violation in an app, as text: where, what, why, and what to do. */
export function findingsOf(declared: Declarations): readonly string[] {
  return PROP_RULES.flatMap(({ code, find }) =>
    [...find(declared)].map(({ construct, ...cause }) => `${construct.node.path}: ${renderText(error(code, cause))}`),
  );
}
