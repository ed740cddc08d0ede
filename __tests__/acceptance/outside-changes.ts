/** Changes that someone makes in Spacelift or Bitbucket, outside Terraform. */
import {
  repositoryFields,
  repositoryName,
  withoutUndefined,
  type Fields,
  type PreparedFolder,
  type Product,
  type SandboxClient,
  type Webhook,
  type WebhookChanges,
} from "../../tools/harness";

export interface IntegrationChange {
  /** Fields of Spacelift's input that replace the default login. */
  readonly login?: Fields;
  readonly token?: string;
  /** The settings that both products have: name, Space, labels and so on. */
  readonly settings: Fields;
}

export async function createIntegration(remote: SandboxClient, product: Product, change: IntegrationChange): Promise<void> {
  const { login, token = "manual-token", settings } = change;
  const input = { ...product.loginInput, ...login, [product.token.input]: token, customInput: settings };
  await remote.graphql(product.createDocument, product.mutationVariables(input));
}

/** Changes an integration; without a token, Spacelift keeps the current one. */
export async function changeIntegration(remote: SandboxClient, product: Product, id: string, change: IntegrationChange): Promise<void> {
  const { login, token, settings } = change;
  const input = withoutUndefined({ ...product.loginInput, ...login, [product.token.input]: token, customInput: { id, ...settings } });
  await remote.graphql(product.updateDocument, product.mutationVariables(input));
}

export async function deleteIntegration(remote: SandboxClient, product: Product, id: string): Promise<void> {
  await remote.graphql(`mutation($id:ID!){${product.mutations.remove}(id:$id){id}}`, { id });
}

export async function regenerateSecret(remote: SandboxClient, product: Product, id: string): Promise<void> {
  await remote.graphql(`mutation($id:ID!){${product.mutations.regenerate}(id:$id){id}}`, { id });
}

export interface IntegrationDetails {
  readonly webhookUrl: string;
  readonly webhookSecret: string;
}

/** What Spacelift returns to an administrator of the integration. */
export async function readIntegration(remote: SandboxClient, product: Product, id: string): Promise<IntegrationDetails> {
  const query = `query($id:ID!){integration:${product.query}(id:$id){webhookUrl:${product.webhookUrlField} webhookSecret}}`;
  const { integration } = await remote.graphql<{ readonly integration: IntegrationDetails }>(query, { id });
  return integration;
}

/** Input of a stack that reads the repository "infrastructure"; if the integration is null, the stack uses GitHub. */
export function stackInput(product: Product, integration: unknown, more: Fields = {}): Fields {
  return {
    name: "Payments production",
    space: "platform",
    provider: integration === null ? "GITHUB" : product.provider,
    namespace: product.namespace,
    repository: "infrastructure",
    branch: "main",
    vcsIntegrationId: integration,
    administrative: false,
    autodeploy: false,
    labels: [],
    ...more,
  };
}

export async function createStack(remote: SandboxClient, input: Fields): Promise<void> {
  await remote.graphql("mutation($input:StackInput!){stackCreate(input:$input,manageState:true){id}}", { input });
}

export async function changeStack(remote: SandboxClient, id: string, input: Fields): Promise<void> {
  await remote.graphql("mutation($id:ID!,$input:StackInput!){stackUpdate(id:$id,input:$input){id}}", { id, input });
}

interface Deployment {
  readonly folder: PreparedFolder;
  readonly remote: SandboxClient;
}

/** Creates the stack "Payments production" (payments-production) in the Space of the default integration, attached to that integration. */
export async function attachStack({ folder, remote }: Deployment, product: Product): Promise<void> {
  const { id, space_id: space } = (await folder.state(product.INTEGRATION)) ?? {};
  await createStack(remote, stackInput(product, id, { space }));
}

/** Attaches the stack "Payments production" to another integration. */
export async function moveStack({ folder, remote }: Deployment, product: Product, integration: string): Promise<void> {
  const { space_id: space } = (await folder.state(product.INTEGRATION)) ?? {};
  await changeStack(remote, "payments-production", stackInput(product, integration, { space }));
}

const webhookPath = (product: Product, repository: string, id: Webhook["id"]) =>
  `${product.repositoryPath(repository)}${product.webhooksPath}/${encodeURIComponent(id)}`;

export async function changeWebhook(
  remote: SandboxClient,
  product: Product,
  repository: string,
  id: Webhook["id"],
  changes: WebhookChanges,
): Promise<void> {
  const responses = await remote.webhookResponses(product, repository);
  const current = responses.find((response) => product.readWebhook(response).id === id);
  if (current === undefined) throw new Error(`${repositoryName(product, repository)} has no webhook ${id}.`);
  await remote.bitbucket(product, "PUT", webhookPath(product, repository, id), product.webhookBody(current, changes));
}

/** Adds a webhook; by default it is inactive and has only the push event. */
export async function addWebhook(
  remote: SandboxClient,
  product: Product,
  repository: string,
  webhook: WebhookChanges & { url: string },
): Promise<void> {
  const body = product.webhookBody(undefined, { title: "Manual", active: false, events: [product.events.push], ...webhook });
  await remote.bitbucket(product, "POST", `${product.repositoryPath(repository)}${product.webhooksPath}`, body);
}

export async function removeWebhook(remote: SandboxClient, product: Product, repository: string, id: Webhook["id"]): Promise<void> {
  await remote.bitbucket(product, "DELETE", webhookPath(product, repository, id));
}

/** @param to the new name, for `rename` */
export async function changeRepository(
  remote: SandboxClient,
  product: Product,
  repository: string,
  change: "create" | "delete" | "hide" | "rename" | "show",
  to?: string,
): Promise<void> {
  await remote.control(product.service, "repository", withoutUndefined({ ...repositoryFields(product, repository), change, to }));
}
