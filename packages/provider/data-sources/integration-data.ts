/** The data source of an integration, whichever product it reads: one that exists, never its secret. */
import { error, problem, warning, ROOT_SPACE_ID, type BitbucketProduct } from "../../domain";
import { optional, optionalComputed, UNKNOWN, type Attributes } from "../../terraform-plugin";
import { INTEGRATION_PRODUCTS } from "../../clients";
import { dataSource } from "../configuration/clients";
import { INTEGRATION_RESULTS } from "../integration/integration-attributes";

/** All that differs between the two products. */
export interface IntegrationDataKind {
  readonly product: BitbucketProduct;
  /** Logins and hosts: attributes, each with Spacelift's name for it. */
  readonly own: Attributes;
  readonly fields: Readonly<Record<string, string>>;
}

export function integrationData({ product, own, fields }: IntegrationDataKind) {
  const { title } = INTEGRATION_PRODUCTS[product];
  const { name, is_default, space_id, ...others } = INTEGRATION_RESULTS;
  // The attributes that handlers know by name; those of the product come in through `fields`.
  const known = {
    id: optionalComputed.string("Id of the integration."),
    default: optional.boolean("True for the account's default integration."),
    ...INTEGRATION_RESULTS,
  };
  const { id, default: isDefault } = known;

  return dataSource<typeof known>({
    type: `bitbucket_${product}_integration`,
    summary: `A ${title} integration that exists already, by \`id\`, or the account's default one.`,
    description: "A key without admin on the integration's Space gets id, name, is_default and space_id; the rest is null, with a warning.",
    attributes: { id, default: isDefault, name, is_default, space_id, ...own, ...others },

    raises: ["value-missing", "integration-not-found", "integration-not-visible"],

    validate({ config, report }) {
      if (config.id === UNKNOWN || config.default === UNKNOWN) return;
      if ((config.id === null) === (config.default !== true)) {
        report.add(
          error("value-missing", {
            why: config.id === null ? "Neither id nor default = true is given." : "Both id and default = true are given.",
            fix: "Give the id, or default = true.",
            at: ["id"],
          }),
        );
      }
    },

    async read({ config, api, report }) {
      const { integrations, keyName } = api.spacelift;
      const id = typeof config.id === "string" ? config.id : (await integrations[product].findDefault())?.id;
      const found = id === undefined ? { state: "gone" as const } : await integrations[product].find(id, null);
      if (id === undefined || found.state === "gone") {
        throw problem("integration-not-found", {
          why:
            id === undefined
              ? `${keyName} sees no default ${title} integration.`
              : `${keyName} sees no ${title} integration with the id "${id}".`,
          fix: "Check the id, and whether the key may read the integration's Space.",
        });
      }
      const asked = { default: config.default === UNKNOWN ? null : config.default, id };
      if (found.state === "hidden") {
        report.add(
          warning("integration-not-visible", {
            why: `${keyName} may not see the details of the integration "${found.listing.name}" (${id}).`,
            fix: `Give the key admin on the Space "${found.spaceId ?? ROOT_SPACE_ID}" if its webhook URL is needed.`,
          }),
        );
        const { name, isDefault, spaceId } = found.listing;
        const unseen = {
          labels: null,
          description: null,
          vcs_checks: null,
          use_git_checkout: null,
          webhook_url: null,
          webhook_secret_fingerprint: null,
        };
        return { ...asked, ...named({}), ...unseen, name, is_default: isDefault, space_id: spaceId };
      }
      const { integration } = found;
      return {
        ...asked,
        ...named(integration.own),
        name: integration.name,
        is_default: integration.isDefault,
        space_id: integration.spaceId,
        labels: integration.labels,
        description: integration.description,
        vcs_checks: integration.vcsChecks,
        use_git_checkout: integration.useGitCheckout,
        webhook_url: integration.webhookUrl,
        webhook_secret_fingerprint: integration.webhookSecretFingerprint,
      };
    },
  });

  /** Spacelift's fields under our names; null where they are not told. */
  function named(told: Readonly<Record<string, string | null>>): Readonly<Record<string, string | null>> {
    return Object.fromEntries(Object.entries(fields).map(([attribute, field]) => [attribute, told[field] ?? null]));
  }
}
