/** The integrations that cdktf.json declares, and their resources in the state. */
import { PRODUCTS, type Fields, type Product } from "../harness";
import type { AttachedStack } from "./remote-state";

/** One integration of the configuration, with its first repository. */
export interface DeclaredIntegration {
  readonly product: Product;
  readonly key: string;
  readonly name: string;
  /** Environment variable that contains the token that Spacelift uses to read code. */
  readonly tokenVariable: string;
  readonly namespace: string;
  readonly repository: string;
}

export interface DeployedIntegration extends DeclaredIntegration {
  readonly address: string;
  readonly attributes: Fields;
}

/** An integration with a stack that uses it. */
export interface UsedIntegration extends DeployedIntegration {
  readonly stack: AttachedStack;
}

/** One integration for each product. @throws if cdktf.json declares none for a product */
export function declaredIntegrations(context: Fields): readonly DeclaredIntegration[] {
  return PRODUCTS.map((product) => {
    const integrations = Object.entries((context["integrations"] ?? {}) as Readonly<Record<string, Fields>>);
    const [key, settings] = integrations.find(([, { product: name = "cloud" }]) => name === product.name) ?? [];
    const [fullName = ""] = (settings?.["repositories"] ?? []) as readonly string[];
    const [namespace = "", repository = ""] = fullName.split("/");
    if (key === undefined || settings === undefined || repository === "")
      throw new Error(`cdktf.json declares no integration with a repository for ${product.title}.`);
    const tokenVariable = String(settings[product.token.setting]);
    return { product, key, name: String(settings["name"]), tokenVariable, namespace, repository };
  });
}

/** Finds the integration in the state. @throws unless the state has exactly one of its type */
export function deployedIntegration(declared: DeclaredIntegration, state: ReadonlyMap<string, Fields>): DeployedIntegration {
  const type = declared.product.integration;
  const found = [...state].filter(([address]) => address.startsWith(`${type}.`));
  const [first] = found;
  if (first === undefined || found.length > 1) throw new Error(`The state has ${found.length} resources of type ${type}, not one.`);
  const [address, attributes] = first;
  return { ...declared, address, attributes };
}

/** The configuration with changed settings of one integration. */
export function withIntegration(context: Fields, key: string, changes: Fields): Fields {
  const integrations = context["integrations"] as Readonly<Record<string, Fields>>;
  return { ...context, integrations: { ...integrations, [key]: { ...integrations[key], ...changes } } };
}
