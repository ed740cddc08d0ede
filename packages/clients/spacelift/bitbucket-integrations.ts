/** Bitbucket integrations: what may be asked and changed. */
import { problem, VCS_CHECKS } from "../../domain";
import type { Problem } from "../../diagnostics";
import { objectOf, textOf } from "../http/json";
import type { Secrets } from "../http/secrets";
import type { GraphQl } from "./graphql";
import { saysNotFound, type GraphQlResult, type Operation } from "./graphql-answer";
import type { FoundIntegration, Integration, IntegrationAccess, IntegrationInput, IntegrationListing } from "./integration";
import { IntegrationDetails, nameOf } from "./integration-details";
import { layOut, type Wanted } from "./integration-input";
import type { IntegrationListings } from "./integration-listings";
import type { Generation, IntegrationMutations, IntegrationProduct } from "./integration-products";
import type { SchemaSource } from "./schema";
import { required, type Spaces } from "./spaces";

export type { FoundIntegration, Integration, IntegrationAccess, IntegrationInput, IntegrationListing } from "./integration";

export class Integrations {
  readonly #details: IntegrationDetails;

  constructor(
    private readonly product: IntegrationProduct,
    private readonly graphql: GraphQl,
    private readonly schema: SchemaSource,
    private readonly listings: IntegrationListings,
    private readonly spaces: Spaces,
    private readonly secrets: Secrets,
  ) {
    this.#details = new IntegrationDetails(product, graphql, schema, secrets);
  }

  /** Integrations of this product that the key sees; one request per process, again after a change, and with `fresh`. @throws Problem */
  list(options?: { readonly fresh?: boolean }): Promise<readonly IntegrationListing[]> {
    return this.listings.of(this.product.provider, options);
  }

  /**
   * One integration by its id. "Gone" only where nothing speaks against it: Spacelift says so, the list does not name it,
   * and the key can read the Space that the integration was last known in.
   * @param knownSpaceId null where no Space is known (import): that part of the rule is left out
   * @throws Problem `integration-not-visible` when it may only be hidden, and every failure to ask.
   */
  async find(id: string, knownSpaceId: string | null): Promise<FoundIntegration> {
    const detail = await this.#details.read(id);
    if (detail.is === "shown") return { state: "found", integration: detail.integration };
    // What Spacelift says does not exist must be missing in a list that was read after that.
    const listing = (await this.list({ fresh: detail.is === "nothing" })).find((one) => one.id === id);
    if (listing !== undefined) return { state: "hidden", listing, spaceId: listing.spaceId ?? knownSpaceId };
    if (detail.is === "nothing") {
      if (knownSpaceId === null) return { state: "gone" };
      const visible = await this.spaces.list();
      if (visible.some((space) => space.id === knownSpaceId)) return { state: "gone" };
    }
    throw this.#mayBeHidden(id, knownSpaceId);
  }

  /** The integration of exactly this name; null when the key sees none. @throws Problem */
  async findByName(
    name: string,
    options?: { readonly fresh?: boolean },
  ): Promise<Exclude<FoundIntegration, { readonly state: "gone" }> | null> {
    const listing = (await this.list(options)).find((one) => one.name === name);
    if (listing === undefined) return null;
    const found = await this.find(listing.id, listing.spaceId);
    return found.state === "gone" ? null : found;
  }

  /** The default integration; null when the account has none. @throws Problem */
  async findDefault(options?: { readonly fresh?: boolean }): Promise<IntegrationListing | null> {
    return (await this.list(options)).find((one) => one.isDefault) ?? null;
  }

  /**
   * Creates. `gaps` names what Spacelift made but did not tell (`webhookUrl`, `webhookSecret`, …).
   * @throws Problem with execution "unknown" when it may have been created: look for the name before a second try.
   */
  async create(
    input: IntegrationInput,
    access: IntegrationAccess,
  ): Promise<{ readonly integration: Integration; readonly gaps: readonly string[] }> {
    const mutations = this.#mutations(access.generation);
    const login = { ...access.own, [mutations.token]: access.token };
    const needed = ["name", "isDefault", "spaceId", ...Object.keys(login), ...unusual(input)];
    return this.#change(mutations.create, { ...wantedOf(input), ...login }, needed, access, null);
  }

  /** Sends all attributes; a null token keeps the stored one. @throws Problem, also when nothing in the input names the target. */
  async update(id: string, input: IntegrationInput, access: IntegrationAccess): Promise<Integration> {
    required(id, "an integration");
    const mutations = this.#mutations(access.generation);
    const login = { ...access.own, [mutations.token]: access.token };
    const needed = ["id", "spaceId", ...Object.keys(login).filter((name) => login[name] !== null), ...unusual(input)];
    const { integration } = await this.#change(mutations.update, { ...wantedOf(input), ...login, id }, needed, access, id);
    return integration;
  }

  /** Deletes; an integration that is not there any more counts as done. @throws Problem */
  async remove(id: string): Promise<void> {
    required(id, "an integration");
    const mutation = this.product.remove;
    const operation: Operation = {
      name: nameOf(mutation),
      document: `mutation ${nameOf(mutation)}($id: ID!) { ${mutation}(id: $id) { id } }`,
      variables: { id },
      kind: "mutation",
    };
    try {
      const result = await this.graphql.ask(operation);
      if (result.errors.length > 0 && !saysNotFound(result)) throw this.graphql.explain(result, operation);
    } finally {
      this.#forget(id);
    }
  }

  /** Gives the integration a new webhook secret; the old one ends at once. @throws Problem */
  async regenerateSecret(id: string): Promise<Integration> {
    required(id, "an integration");
    const mutation = this.product.regenerate;
    const fields = await this.#details.fields();
    const operation: Operation = {
      name: nameOf(mutation),
      document: `mutation ${nameOf(mutation)}($id: ID!) { ${mutation}(id: $id) { ${fields} } }`,
      variables: { id },
      kind: "mutation",
    };
    return (await this.#send(operation, mutation, id)).integration;
  }

  /**
   * The webhook secret, for the one place that hands it to Bitbucket. Null when the key may not see it.
   * Read once per process, again after a change of the integration, and once more when it is not the expected one.
   * @throws Problem `integration-not-found`, and every failure to ask.
   */
  async webhookSecret(id: string, expectedFingerprint: string | null): Promise<string | null> {
    required(id, "an integration");
    const known = this.#details.webhookSecrets.recall(id, expectedFingerprint);
    if (known !== undefined) return known;
    const detail = await this.#details.read(id);
    if (detail.is === "shown") {
      this.#details.webhookSecrets.settle(id, expectedFingerprint);
      return detail.secret;
    }
    const listed = (await this.list()).some((one) => one.id === id);
    if (!listed && detail.is === "nothing") {
      const { keyName, host } = this.graphql.session;
      throw problem("integration-not-found", {
        why: `Spacelift (${host}) shows ${keyName} no ${this.product.title} integration with the id "${id}".`,
        fix: "Check the id, and whether the key can read the integration's Space.",
      });
    }
    this.#details.webhookSecrets.keep(id, null, this.#details.webhookSecrets.epoch(id));
    this.#details.webhookSecrets.settle(id, expectedFingerprint);
    return null;
  }

  /** Whether this server has the mutations of a generation; true where it does not tell its GraphQL schema. @throws Problem */
  async supports(generation: Generation): Promise<boolean> {
    const schema = await this.schema.read();
    const mutations = this.product.mutations[generation];
    if (mutations === undefined) return false;
    return schema === null || [mutations.create, mutations.update].every((mutation) => schema.argumentsOf(mutation) !== undefined);
  }

  #mutations(generation: Generation): IntegrationMutations {
    const mutations = this.product.mutations[generation];
    if (mutations !== undefined) return mutations;
    throw problem("internal", {
      why: `${this.product.title} has no mutations of the generation ${generation}.`,
      fix: "Please report this with the log of TF_LOG_PROVIDER=debug.",
    });
  }

  async #change(
    mutation: string,
    wanted: Wanted,
    needed: readonly string[],
    access: IntegrationAccess,
    id: string | null,
  ): Promise<{ readonly integration: Integration; readonly gaps: readonly string[] }> {
    this.secrets.add(access.token);
    const schema = await this.schema.read();
    const { declarations, call, variables } = layOut(mutation, wanted, needed, schema, this.graphql.session.host);
    const document = `mutation ${nameOf(mutation)}(${declarations}) { ${mutation}(${call}) { ${await this.#details.fields()} } }`;
    return this.#send({ name: nameOf(mutation), document, variables, kind: "mutation" }, mutation, id);
  }

  /** Sends a mutation that answers with the integration. What it did not tell is a gap, not a failure: the change is made. */
  async #send(
    operation: Operation,
    mutation: string,
    id: string | null,
  ): Promise<{ readonly integration: Integration; readonly gaps: readonly string[] }> {
    let result: GraphQlResult;
    try {
      result = await this.graphql.ask(operation);
    } finally {
      this.#forget(id);
    }
    const made = objectOf(result.data?.[mutation]);
    const madeId = textOf(made?.["id"]) ?? (made === undefined ? null : id);
    if (made === undefined || madeId === null || madeId === "") {
      if (id !== null && saysNotFound(result)) throw this.#noTarget(id);
      if (result.errors.length > 0) throw this.graphql.explain(result, operation);
      throw this.graphql.unusable(operation, "without the integration");
    }
    if (id !== null && madeId !== id) {
      throw this.graphql.unusable(operation, `with the integration "${madeId}" when "${id}" was to be changed; look at both in Spacelift`);
    }
    this.#details.webhookSecrets.forget(madeId);
    const integration = this.#details.integration(made, madeId, this.#details.webhookSecrets.epoch(madeId));
    const untold = ["name", this.product.webhookUrl, "webhookSecret"].filter((name) => name in made && made[name] === null);
    const failed = result.errors.map((one) => one.path[1]).filter((name): name is string => typeof name === "string");
    return { integration, gaps: [...new Set([...untold, ...failed])] };
  }

  #forget(id: string | null): void {
    this.listings.clear();
    if (id !== null) this.#details.forget(id);
  }

  #mayBeHidden(id: string, spaceId: string | null): Problem {
    const { keyName, host } = this.graphql.session;
    const space = spaceId === null ? "a Space that the key cannot read" : `the Space "${spaceId}"`;
    return problem(
      "integration-not-visible",
      {
        why: `Spacelift (${host}) neither shows the ${this.product.title} integration "${id}" to ${keyName} nor says that it does not exist: it may be hidden in ${space}.`,
        fix: `Use a key with admin access to ${spaceId === null ? "that Space" : space}. If the integration is really gone, remove it from the state.`,
      },
      { kind: "not-permitted" },
    );
  }

  #noTarget(id: string): Problem {
    const { keyName, host } = this.graphql.session;
    return problem(
      "integration-not-found",
      {
        why: `Spacelift (${host}) knows no ${this.product.title} integration "${id}", or hides it from ${keyName}.`,
        fix: "Run the command again: the next look tells whether it was deleted.",
      },
      { kind: "bad-input", execution: "no" },
    );
  }
}

function wantedOf(input: IntegrationInput): Wanted {
  const { name, isDefault, spaceId, labels, description, vcsChecks, useGitCheckout } = input;
  return { name, isDefault, spaceId, labels, description, vcsChecks, ...(useGitCheckout === null ? {} : { useGitCheckout }) };
}

/** Attributes with a value that a server cannot be assumed to have by itself: they must find a place. */
function unusual(input: IntegrationInput): readonly string[] {
  return [
    ...(input.labels.length > 0 ? ["labels"] : []),
    ...(input.description === "" ? [] : ["description"]),
    ...(input.vcsChecks === VCS_CHECKS[0] ? [] : ["vcsChecks"]),
    ...(input.useGitCheckout === null ? [] : ["useGitCheckout"]),
  ];
}
