/** The integrations that bitlift.yaml declares, and their resources in the state. */
import { parse, parseDocument } from "yaml";
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

/** What the demo reads of an entry of the file. */
interface IntegrationEntry extends Partial<Record<Product["name"], { readonly token: { readonly env: string } }>> {
  readonly name: string;
  readonly repositories: readonly string[];
}

/** One integration for each product. @throws if the file declares none for a product */
export function declaredIntegrations(file: string): readonly DeclaredIntegration[] {
  const { integrations } = parse(file) as { readonly integrations: Readonly<Record<string, IntegrationEntry>> };
  return PRODUCTS.map((product) => {
    const [key, settings] = Object.entries(integrations).find(([, entry]) => entry[product.name] !== undefined) ?? [];
    const [fullName = ""] = settings?.repositories ?? [];
    const [namespace = "", repository = ""] = fullName.split("/");
    if (key === undefined || settings === undefined || repository === "")
      throw new Error(`bitlift.yaml declares no integration with a repository for ${product.title}.`);
    const tokenVariable = settings[product.name]?.token.env ?? "";
    return { product, key, name: settings.name, tokenVariable, namespace, repository };
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

/** The file with changed settings of one integration. */
export function withIntegration(file: string, key: string, changes: Fields): string {
  const document = parseDocument(file);
  for (const [name, value] of Object.entries(changes)) document.setIn(["integrations", key, name], value);
  return String(document);
}

/** The file without one integration. */
export function withoutIntegration(file: string, key: string): string {
  const document = parseDocument(file);
  document.deleteIn(["integrations", key]);
  return String(document);
}
