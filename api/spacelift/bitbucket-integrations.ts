/** Bitbucket integrations: what may be asked and changed. */
import { problem, type Problem } from "../../diagnostics";
import { VCS_CHECKS } from "../../vocabulary/spacelift";
import { booleanOf, listOf, objectOf, textOf } from "../json";
import type { Secrets } from "../secrets";
import { SharedReads } from "../shared-reads";
import type { GraphQl } from "./graphql";
import { saysNotFound, saysUnauthorized, type GraphQlResult, type Operation } from "./graphql-answer";
import type { CloudCredential, CloudIntegration, CloudIntegrationInput, FoundIntegration, IntegrationListing } from "./integration";
import { IntegrationDetails, nameOf } from "./integration-details";
import { layOut, type Wanted } from "./integration-input";
import type { IntegrationProduct } from "./integration-products";
import type { SchemaSource } from "./schema";
import { required, type Spaces } from "./spaces";

export type { CloudCredential, CloudIntegration, CloudIntegrationInput, FoundIntegration, IntegrationListing } from "./integration";

export class Integrations {
  readonly #lists = new SharedReads<readonly IntegrationListing[]>();
  readonly #details: IntegrationDetails;

  constructor(
    private readonly product: IntegrationProduct,
    private readonly graphql: GraphQl,
    private readonly schema: SchemaSource,
    private readonly spaces: Spaces,
    private readonly secrets: Secrets,
  ) {
    this.#details = new IntegrationDetails(product, graphql, schema, secrets);
  }

  /** Integrations of this product that the key sees; one request per process, again after a change, and with `fresh`. @throws Problem */
  list(options?: { readonly fresh?: boolean }): Promise<readonly IntegrationListing[]> {
    return this.#lists.read("list", () => this.#list(), options);
  }

  /**
   * One integration by its id. "Gone" only where nothing speaks against it: Spacelift says so, the list does not name it,
   * and the key can read the Space that the integration was last known in.
   * @param knownSpaceId null where no Space is known (import): that part of the rule is left out
   * @throws Problem `integration-hidden` when it may only be hidden, and every failure to ask.
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
    input: CloudIntegrationInput,
    credential: CloudCredential,
  ): Promise<{ readonly integration: CloudIntegration; readonly gaps: readonly string[] }> {
    const wanted = { ...wantedOf(input), ...loginOf(credential) };
    const needed = ["name", "isDefault", "spaceId", ...Object.keys(loginOf(credential)), ...unusual(input)];
    return this.#change(this.product.create[credential.generation], wanted, needed, null);
  }

  /** Sends all attributes; a null token keeps the stored one. @throws Problem, also when nothing in the input names the target. */
  async update(id: string, input: CloudIntegrationInput, credential: CloudCredential): Promise<CloudIntegration> {
    required(id, "an integration");
    const login = loginOf(credential);
    const needed = ["id", "spaceId", ...Object.keys(login).filter((name) => login[name] !== null), ...unusual(input)];
    const { integration } = await this.#change(
      this.product.update[credential.generation],
      { ...wantedOf(input), ...login, id },
      needed,
      id,
    );
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
  async regenerateSecret(id: string): Promise<CloudIntegration> {
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
  async supports(generation: CloudCredential["generation"]): Promise<boolean> {
    const schema = await this.schema.read();
    const mutations = [this.product.create[generation], this.product.update[generation]];
    return schema === null || mutations.every((mutation) => schema.argumentsOf(mutation) !== undefined);
  }

  async #list(): Promise<readonly IntegrationListing[]> {
    const document = "query VcsIntegrations { vcsIntegrations { id name provider isDefault space { id } } }";
    const operation: Operation = { name: "VcsIntegrations", document, kind: "query" };
    const result = await this.graphql.ask(operation);
    const items = listOf(result.data?.["vcsIntegrations"]);
    // A listed integration may live in a Space that the key cannot read: then only its Space is refused.
    const refusals = result.errors.filter((one) => !(items !== undefined && saysUnauthorized(one) && one.path.length > 1));
    if (refusals.length > 0) throw this.graphql.explain(result, operation);
    if (items === undefined) throw this.graphql.unusable(operation, "without a list of integrations");
    return items
      .map(objectOf)
      .filter((item) => item?.["provider"] === this.product.provider)
      .map((item) => {
        const id = textOf(item?.["id"]);
        if (id === null || id === "") throw this.graphql.unusable(operation, "with an integration that has no id");
        return {
          id,
          name: textOf(item?.["name"]) ?? id,
          isDefault: booleanOf(item?.["isDefault"]) ?? false,
          spaceId: textOf(objectOf(item?.["space"])?.["id"]),
        };
      });
  }

  async #change(
    mutation: string,
    wanted: Wanted,
    needed: readonly string[],
    id: string | null,
  ): Promise<{ readonly integration: CloudIntegration; readonly gaps: readonly string[] }> {
    for (const name of ["apiToken", "appPassword"]) this.secrets.add(textOf(wanted[name]));
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
  ): Promise<{ readonly integration: CloudIntegration; readonly gaps: readonly string[] }> {
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
    this.#lists.clear();
    if (id !== null) this.#details.forget(id);
  }

  #mayBeHidden(id: string, spaceId: string | null): Problem {
    const { keyName, host } = this.graphql.session;
    const space = spaceId === null ? "a Space that the key cannot read" : `the Space "${spaceId}"`;
    return problem(
      "integration-hidden",
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

function wantedOf(input: CloudIntegrationInput): Wanted {
  const { name, isDefault, spaceId, labels, description, vcsChecks, useGitCheckout } = input;
  return { name, isDefault, spaceId, labels, description, vcsChecks, ...(useGitCheckout === null ? {} : { useGitCheckout }) };
}

function loginOf(credential: CloudCredential): Wanted {
  return credential.generation === "v2"
    ? { email: credential.email, apiToken: credential.apiToken }
    : { username: credential.username, appPassword: credential.appPassword };
}

/** Attributes with a value that a server cannot be assumed to have by itself: they must find a place. */
function unusual(input: CloudIntegrationInput): readonly string[] {
  return [
    ...(input.labels.length > 0 ? ["labels"] : []),
    ...(input.description === "" ? [] : ["description"]),
    ...(input.vcsChecks === VCS_CHECKS[0] ? [] : ["vcsChecks"]),
    ...(input.useGitCheckout === null ? [] : ["useGitCheckout"]),
  ];
}
