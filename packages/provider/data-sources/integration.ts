/** What the integration data sources of both products share: the attributes, the validation, and the lookup. */
import { error, problem, warning, PRODUCT_TITLES, ROOT_SPACE_ID, type BitbucketProduct, type DiagnosticCode } from "../../domain";
import { computed, optional, optionalComputed, UNKNOWN, type Config, type Context, type Report } from "../../terraform-plugin";
import type { Clients } from "../configuration/clients";
import { readableAttributes } from "../integration/integration-attributes";
import type { ProductFields } from "../integration/integration-adapter";
import { knownText } from "./known-text";

const SELECTOR_ATTRIBUTES = {
  id: optionalComputed.string("ID of the integration."),
  default: optional.boolean("Whether to read the default integration of the account."),
  name: optionalComputed.string("Name of the integration. Upper and lower case count."),
};

/** Declared before the attributes that only one product has. */
export const IDENTITY_DATA_ATTRIBUTES = {
  ...SELECTOR_ATTRIBUTES,
  is_default: computed.boolean("Whether every stack and module of the account can use the integration."),
  space_id: computed.string("ID of the Space whose stacks and modules can use the integration."),
};

/** Declared after the attributes that only one product has. */
export const SETTING_DATA_ATTRIBUTES = {
  labels: computed.set("string", "Labels of the integration."),
  description: computed.string("Purpose of the integration, in Markdown."),
  vcs_checks: computed.string("How results are reported on pull requests: `INDIVIDUAL`, `AGGREGATED`, or `ALL`."),
  use_git_checkout: computed.boolean("Whether Spacelift checks out code with git instead of downloading an archive."),
  webhook_url: computed.string("URL that the webhooks of this integration call."),
  webhook_secret_fingerprint: computed.string("Fingerprint of the secret that signs deliveries."),
};

export function integrationDataSummary(product: BitbucketProduct): string {
  return `An existing ${PRODUCT_TITLES[product]} integration, by \`id\`, by \`name\`, or the default integration of the account.`;
}

export const INTEGRATION_DATA_DESCRIPTION =
  "An API key without admin access to the integration's Space can read only `id`, `name`, `is_default`, and `space_id`. The other attributes are then null, with a warning.";

export const INTEGRATION_DATA_RAISES: readonly DiagnosticCode[] = [
  "value-missing",
  "value-not-allowed",
  "integration-not-found",
  "integration-not-visible",
];

type Selector = Pick<Config<typeof SELECTOR_ATTRIBUTES>, "id" | "name" | "default">;

/** Requires exactly one of `id`, `name` and `default = true`. */
export function validateSelector({ config, report }: { readonly config: Selector; readonly report: Report }): void {
  if (config.id === UNKNOWN || config.name === UNKNOWN || config.default === UNKNOWN) return;
  const given = [
    config.id !== null ? "id" : "",
    config.name !== null ? "name" : "",
    config.default === true ? "default = true" : "",
  ].filter((selector) => selector !== "");
  if (given.length === 1) return;
  report.add(
    error("value-missing", {
      why: given.length === 0 ? "None of id, name and default = true is set." : `${given.join(" and ")} are set together.`,
      fix: "Set one of id, name and default = true.",
      at: ["id"],
    }),
  );
}

interface SelectorContext extends Context<Clients> {
  readonly config: Selector;
}

/** Reads the attributes that both products have, and the fields that only this product has, by Spacelift's field names. */
export async function readIntegrationData(product: BitbucketProduct, { config, api, report }: SelectorContext) {
  const { keyName } = api.spacelift;
  const integrations = api.spacelift.integrations[product];
  const name = knownText(config.name);
  const id = knownText(config.id) ?? (name === null ? (await integrations.findDefault())?.id : await idByName(product, name, api));
  if (id === undefined) {
    // Every key of the account can see the default integration.
    throw notFound(
      `The account of ${keyName} has no default ${PRODUCT_TITLES[product]} integration.`,
      "Read a Space-level integration by its id instead of default = true, or create a default integration. If there is one, check that the key belongs to its account.",
    );
  }
  const found = await integrations.find(id, null);
  if (found.state === "gone") {
    throw notFound(
      `${keyName} cannot see a ${PRODUCT_TITLES[product]} integration with the ID "${id}".`,
      "Check the ID, which is not the name, and that the key can read the integration's Space.",
    );
  }
  const selector = { id, default: config.default === UNKNOWN ? null : config.default };
  if (found.state === "found") {
    const { integration } = found;
    const productFields: ProductFields = integration.productFields;
    return { shared: { ...selector, ...readableAttributes(integration) }, productFields };
  }
  const { isDefault, spaceId } = found.listing;
  report.add(
    warning("integration-not-visible", {
      why: `${keyName} cannot read the details of the integration "${found.listing.name}" (${id}).`,
      fix: `Give the key admin access to the Space "${found.spaceId ?? ROOT_SPACE_ID}" if you need them.`,
    }),
  );
  const productFields: ProductFields = {};
  return {
    shared: { ...selector, ...UNREADABLE_ATTRIBUTES, name: found.listing.name, is_default: isDefault, space_id: spaceId },
    productFields,
  };
}

/** The ID of the only integration with this name. @throws Problem */
async function idByName(product: BitbucketProduct, name: string, { spacelift }: Clients): Promise<string> {
  const listings = await spacelift.integrations[product].list();
  const ids = listings.filter((listing) => listing.name === name).map(({ id }) => id);
  const [id, ...others] = ids;
  if (id === undefined) {
    const similar = listings.filter((listing) => listing.name.trim().toLowerCase() === name.trim().toLowerCase());
    throw notFound(
      `${spacelift.keyName} cannot see a ${PRODUCT_TITLES[product]} integration with the name "${name}".${similar.map((listing) => ` There is one with the name "${listing.name}".`).join("")}`,
      "Check the name, in which upper and lower case count, and that the key can read the integration's Space.",
    );
  }
  if (others.length === 0) return id;
  const why = `${ids.length} ${PRODUCT_TITLES[product]} integrations have the name "${name}": ${ids.join(", ")}.`;
  throw problem("value-not-allowed", { why, fix: "Set id instead of name.", at: ["name"] });
}

const UNREADABLE_ATTRIBUTES = {
  labels: null,
  description: null,
  vcs_checks: null,
  use_git_checkout: null,
  webhook_url: null,
  webhook_secret_fingerprint: null,
};

function notFound(why: string, fix: string) {
  return problem("integration-not-found", { why, fix });
}
