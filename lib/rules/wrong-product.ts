/** Rules: a webhook uses the options and repositories of the product that its integration reads. */
import { otherProduct, PRODUCT_TITLES } from "../../packages/domain";
import { PRODUCTS } from "../products";
import type { Declarations } from "./declarations";
import type { Finding } from "./finding";

export function* wrongProductOptions({ webhooks, namespaceWebhooks }: Declarations): Generator<Finding> {
  for (const construct of [...webhooks, ...namespaceWebhooks]) {
    const { product } = construct.integration;
    const option = PRODUCTS[otherProduct(product)].certificateOption;
    if (construct.props[option] === undefined) continue;
    const why = `${option} is an option of ${PRODUCT_TITLES[otherProduct(product)]}, but the webhook is in ${PRODUCT_TITLES[product]}.`;
    yield { construct, why, fix: `Use ${PRODUCTS[product].certificateOption}.` };
  }
}

export function* wrongProductRepositories({ webhooks }: Declarations): Generator<Finding> {
  for (const construct of webhooks) {
    const { integration, repository } = construct;
    if (repository.product === integration.product) continue;
    const title = PRODUCT_TITLES[repository.product];
    yield {
      construct,
      why: `${repository.namespace}/${repository.slug} is a repository of ${title}, but the integration reads ${PRODUCT_TITLES[integration.product]}.`,
      fix: `Add it to an integration for ${title}.`,
    };
  }
}
