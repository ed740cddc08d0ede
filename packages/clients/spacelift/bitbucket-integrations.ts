/** The Bitbucket integrations of one product: reading and changing them in Spacelift. */
import { VCS_CHECKS } from "../../domain";
import type { Problem } from "../../diagnostics";
import { asObject, asText } from "../http/json";
import type { Secrets } from "../http/secrets";
import type { GraphQl } from "./graphql";
import { isNotFound, type GraphQlResult, type Operation } from "./graphql-result";
import type { FoundIntegration, Integration, IntegrationAccess, IntegrationInput, IntegrationListing } from "./integration";
import { IntegrationDetails, operationName } from "./integration-details";
import { buildArguments, type Values } from "./integration-input";
import type { IntegrationListings } from "./integration-listings";
import {
  notVisibleProblem,
  targetNotFoundProblem,
  unknownIdProblem,
  unsupportedGenerationProblem,
  type ProblemScope,
} from "./integration-problems";
import type { Generation, IntegrationMutations, IntegrationProduct } from "./integration-products";
import type { GraphQlSchemaSource } from "./graphql-schema";
import { requireId } from "./required-id";
import type { Spaces } from "./spaces";

export type { FoundIntegration, Integration, IntegrationAccess, IntegrationInput, IntegrationListing } from "./integration";

/** What both products share. */
export interface SharedParts {
  readonly graphql: GraphQl;
  readonly schema: GraphQlSchemaSource;
  readonly listings: IntegrationListings;
  readonly spaces: Spaces;
  readonly secrets: Secrets;
}

/** `gaps`: attributes of the integration that Spacelift did not return (`webhookUrl`, `webhookSecret`, …). */
interface ChangeResult {
  readonly integration: Integration;
  readonly gaps: readonly string[];
}

export class Integrations {
  readonly #product: IntegrationProduct;
  readonly #graphql: GraphQl;
  readonly #schema: GraphQlSchemaSource;
  readonly #listings: IntegrationListings;
  readonly #spaces: Spaces;
  readonly #secrets: Secrets;
  readonly #details: IntegrationDetails;

  constructor(product: IntegrationProduct, { graphql, schema, listings, spaces, secrets }: SharedParts) {
    this.#product = product;
    this.#graphql = graphql;
    this.#schema = schema;
    this.#listings = listings;
    this.#spaces = spaces;
    this.#secrets = secrets;
    this.#details = new IntegrationDetails(product, graphql, schema, secrets);
  }

  /** The integrations of this product that are visible to the key. One request per process, again after a change, and with `fresh`. @throws Problem */
  list(options?: { readonly fresh?: boolean }): Promise<readonly IntegrationListing[]> {
    return this.#listings.list(this.#product.provider, options);
  }

  /**
   * One integration by its id. "gone" requires all of this: Spacelift does not find it, the list does not contain it,
   * and the key can read the Space in which the integration was last known.
   * @param knownSpaceId null if no Space is known (import): the last condition is skipped
   * @throws Problem `integration-not-visible` if it may exist without being visible, and for every failed request
   */
  async find(id: string, knownSpaceId: string | null): Promise<FoundIntegration> {
    const detail = await this.#details.read(id);
    if (detail.status === "visible") return { state: "found", integration: detail.integration };
    // If Spacelift does not find the integration, only a list that was read afterward can confirm that.
    const listings = await this.list({ fresh: detail.status === "not-found" });
    const listing = listings.find((candidate) => candidate.id === id);
    if (listing !== undefined) return { state: "hidden", listing, spaceId: listing.spaceId ?? knownSpaceId };
    if (detail.status === "not-found") {
      if (knownSpaceId === null) return { state: "gone" };
      const visible = await this.#spaces.list();
      if (visible.some((space) => space.id === knownSpaceId)) return { state: "gone" };
    }
    throw notVisibleProblem(this.#scope, id, knownSpaceId);
  }

  /** The integration with exactly this name; null if none is visible to the key. @throws Problem */
  async findByName(name: string): Promise<Exclude<FoundIntegration, { readonly state: "gone" }> | null> {
    const listing = (await this.list()).find((candidate) => candidate.name === name);
    if (listing === undefined) return null;
    const found = await this.find(listing.id, listing.spaceId);
    return found.state === "gone" ? null : found;
  }

  /** The default integration; null if the account has none. @throws Problem */
  async findDefault(): Promise<IntegrationListing | null> {
    return (await this.list()).find((listing) => listing.isDefault) ?? null;
  }

  /** @throws Problem with execution "unknown" if it may have been created: look up the name before a second attempt */
  async create(input: IntegrationInput, access: IntegrationAccess): Promise<ChangeResult> {
    const mutations = this.#mutationsOf(access.generation);
    const login = { ...access.productFields, [mutations.token]: access.token };
    const needed = ["name", "isDefault", "spaceId", ...Object.keys(login), ...nonDefaultAttributes(input)];
    return this.#change(mutations.create, { ...valuesOf(input), ...login }, needed, access, null);
  }

  /** Sends all attributes. A null token keeps the stored one. @throws Problem, also if the server's input has no field for the target */
  async update(id: string, input: IntegrationInput, access: IntegrationAccess): Promise<Integration> {
    requireId(id, "an integration");
    const mutations = this.#mutationsOf(access.generation);
    const login = { ...access.productFields, [mutations.token]: access.token };
    const loginFields = Object.keys(login).filter((name) => login[name] !== null);
    const needed = ["id", "spaceId", ...loginFields, ...nonDefaultAttributes(input)];
    const { integration } = await this.#change(mutations.update, { ...valuesOf(input), ...login, id }, needed, access, id);
    return integration;
  }

  /** Deletes an integration; one that no longer exists counts as deleted. @throws Problem */
  async remove(id: string): Promise<void> {
    requireId(id, "an integration");
    const operation = mutationById(this.#product.remove, id, "id");
    try {
      const result = await this.#graphql.send(operation);
      if (result.errors.length > 0 && !isNotFound(result)) throw this.#graphql.problemOf(result, operation);
    } finally {
      this.#forget(id);
    }
  }

  /** Replaces the webhook secret of the integration. The old one becomes invalid at once. @throws Problem */
  async regenerateSecret(id: string): Promise<Integration> {
    requireId(id, "an integration");
    const mutation = this.#product.regenerate;
    const { integration } = await this.#send(mutationById(mutation, id, await this.#details.fields()), mutation, id);
    return integration;
  }

  /**
   * The webhook secret, for the code that sends it to Bitbucket. Null if the key is not permitted to see it.
   * Read once per process, again after a change of the integration, and once more if it is not the expected one.
   * @throws Problem `integration-not-found`, and for every failed request
   */
  async webhookSecret(id: string, expectedFingerprint: string | null): Promise<string | null> {
    requireId(id, "an integration");
    const { webhookSecrets } = this.#details;
    const cached = webhookSecrets.get(id, expectedFingerprint);
    if (cached !== undefined) return cached;
    const detail = await this.#details.read(id);
    if (detail.status === "visible") {
      webhookSecrets.acceptMismatch(id, expectedFingerprint);
      return detail.secret;
    }
    const isListed = (await this.list()).some((listing) => listing.id === id);
    if (!isListed && detail.status === "not-found") throw unknownIdProblem(this.#scope, id);
    webhookSecrets.store(id, null, webhookSecrets.version(id));
    webhookSecrets.acceptMismatch(id, expectedFingerprint);
    return null;
  }

  /** Whether this server has the mutations of a generation; true if it does not disclose its GraphQL schema. @throws Problem */
  async supports(generation: Generation): Promise<boolean> {
    const schema = await this.#schema.read();
    const mutations = this.#product.mutations[generation];
    if (mutations === undefined) return false;
    return schema === null || [mutations.create, mutations.update].every((mutation) => schema.argumentsOf(mutation) !== undefined);
  }

  get #scope(): ProblemScope {
    return { session: this.#graphql.session, title: this.#product.title };
  }

  #mutationsOf(generation: Generation): IntegrationMutations {
    const mutations = this.#product.mutations[generation];
    if (mutations !== undefined) return mutations;
    throw unsupportedGenerationProblem(this.#scope, generation);
  }

  async #change(
    mutation: string,
    values: Values,
    needed: readonly string[],
    access: IntegrationAccess,
    id: string | null,
  ): Promise<ChangeResult> {
    this.#secrets.add(access.token);
    const schema = await this.#schema.read();
    const { declarations, call, variables } = buildArguments(mutation, values, needed, schema, this.#graphql.session.host);
    const name = operationName(mutation);
    const document = `mutation ${name}(${declarations}) { ${mutation}(${call}) { ${await this.#details.fields()} } }`;
    return this.#send({ name, document, variables, kind: "mutation" }, mutation, id);
  }

  /**
   * Sends a mutation that returns the integration. A missing attribute is a gap and not a failure, because the change was made.
   * @param id of the integration to change; null on create
   */
  async #send(operation: Operation, mutation: string, id: string | null): Promise<ChangeResult> {
    let result: GraphQlResult;
    try {
      result = await this.#graphql.send(operation);
    } finally {
      this.#forget(id);
    }
    const value = asObject(result.data?.[mutation]);
    const actualId = asText(value?.["id"]) ?? (value === undefined ? null : id);
    if (value === undefined || actualId === null || actualId === "") throw this.#changeProblem(result, operation, id);
    if (id !== null && actualId !== id) {
      throw this.#graphql.unusableResponse(operation, `with the integration "${actualId}" to a change of "${id}". Check both in Spacelift`);
    }
    this.#details.webhookSecrets.forget(actualId);
    const integration = this.#details.parse(value, actualId, this.#details.webhookSecrets.version(actualId));
    const missing = ["name", this.#product.webhookUrl, "webhookSecret"].filter((name) => name in value && value[name] === null);
    const failed = result.errors.map(({ path }) => path[1]).filter((name): name is string => typeof name === "string");
    return { integration, gaps: [...new Set([...missing, ...failed])] };
  }

  #changeProblem(result: GraphQlResult, operation: Operation, id: string | null): Problem {
    if (id !== null && isNotFound(result)) return targetNotFoundProblem(this.#scope, id);
    if (result.errors.length > 0) return this.#graphql.problemOf(result, operation);
    return this.#graphql.unusableResponse(operation, "without the integration");
  }

  #forget(id: string | null): void {
    this.#listings.clear();
    if (id !== null) this.#details.forget(id);
  }
}

function mutationById(mutation: string, id: string, fields: string): Operation {
  const name = operationName(mutation);
  return { name, document: `mutation ${name}($id: ID!) { ${mutation}(id: $id) { ${fields} } }`, variables: { id }, kind: "mutation" };
}

/** A null useGitCheckout is omitted. */
function valuesOf({ name, isDefault, spaceId, labels, description, vcsChecks, useGitCheckout }: IntegrationInput): Values {
  return { name, isDefault, spaceId, labels, description, vcsChecks, useGitCheckout: useGitCheckout ?? undefined };
}

/** Attributes whose value differs from the server's default. Its input must have a field for them. */
function nonDefaultAttributes({ labels, description, vcsChecks, useGitCheckout }: IntegrationInput): readonly string[] {
  const isNonDefault = {
    labels: labels.length > 0,
    description: description !== "",
    vcsChecks: vcsChecks !== VCS_CHECKS[0],
    useGitCheckout: useGitCheckout !== null,
  };
  return Object.entries(isNonDefault).flatMap(([name, value]) => (value ? [name] : []));
}
