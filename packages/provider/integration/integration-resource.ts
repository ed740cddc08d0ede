/** What the integration resources of both products share: the operations, the import ID, and the diagnostics. */
import type { DiagnosticCode } from "../../domain";
import { gone } from "../../terraform-plugin";
import type { ResourceReference } from "../resource-reference";
import { validateCredential } from "../credentials/credential-arguments";
import { createIntegration } from "./create-integration";
import { deleteIntegration } from "./delete-integration";
import type { IntegrationAdapter, IntegrationHandlers } from "./integration-adapter";
import type { IntegrationViews } from "./integration-attributes";
import { planIntegration, planIntegrationDelete, validateDefaultSpace } from "./plan-integration";
import { readIntegration } from "./read-integration";
import { updateIntegration } from "./update-integration";

/** The handlers of a product's resource, from its adapter. */
export function integrationHandlers<V extends IntegrationViews>(adapter: IntegrationAdapter<V>): IntegrationHandlers<V> {
  const { product, credentials, toState, toStored } = adapter;
  return {
    validate({ config, report }) {
      for (const diagnostic of validateCredential(credentials(config))) report.add(diagnostic);
      validateDefaultSpace(config, report);
      adapter.validateProduct?.(config, report);
    },
    plan: (context) => planIntegration(product, context, credentials(context.config)),
    planDelete: (context) => planIntegrationDelete(product, context),
    async create(context) {
      const { config, plan } = context;
      return toState(plan, await createIntegration(product, context, { config: credentials(config), plan: credentials(plan) }));
    },
    async read(context) {
      const read = await readIntegration(product, context, credentials(context.state));
      return read === gone ? gone : toStored(context.state, read);
    },
    async update(context) {
      const { config, prior, plan } = context;
      const forms = { config: credentials(config), prior: credentials(prior), plan: credentials(plan) };
      return toState(plan, await updateIntegration(product, context, forms));
    },
    delete: (context) => deleteIntegration(product, context),
  };
}

export const INTEGRATION_IMPORT_ID = {
  advice: "the ID that Spacelift derived from the name of the integration, such as bitbucket-for-payments",
};

export const INTEGRATION_REFERENCE: ResourceReference = {
  notImported: "the form of the credential",
  notGenerated:
    "Only the argument for the token is missing: no one can read the token from Spacelift. The message `credential-form` contains the line to add to the file, and Spacelift keeps its token.",
};

export const INTEGRATION_RAISES: readonly DiagnosticCode[] = [
  "credential-form",
  "credential-variable-not-set",
  "credential-change-not-checked",
  "provider-credential-reused",
  "default-outside-root",
  "duplicate-default",
  "duplicate-integration-name",
  "space-not-found",
  "space-lookup-failed",
  "integration-lookup-failed",
  "integration-not-visible",
  "webhook-secret-missing",
  "integration-created-incomplete",
  "integration-url-changed",
  "integration-input-unknown",
  "mutation-not-supported",
  "integration-not-found",
  "consumers-will-be-detached",
  "consumers-lose-access",
  "integration-in-use",
  "consumers-detached",
  "integration-usage-unknown",
  "replacement-blocked",
];
