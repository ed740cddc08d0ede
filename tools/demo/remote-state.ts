/** Shows what exists in Spacelift and Bitbucket, and attaches stacks to the integrations. */
import type { Fields, Product, SandboxClient, Webhook } from "../harness";
import type { DeployedIntegration } from "./deployed-integration";
import type { StepPrinter } from "./step-printer";

/** Path in the REST API of a webhook that the state contains. */
export function webhookPath(product: Product, attributes: Fields): string {
  const namespace = String(attributes[product.namespaceArgument]);
  const id = encodeURIComponent(String(attributes[product.webhookIdAttribute]));
  return `${product.repositoryPath(String(attributes["repository"]), namespace)}${product.webhooksPath}/${id}`;
}

/** A webhook that the state contains, as Bitbucket returns it now. */
export async function readWebhook(remote: SandboxClient, product: Product, attributes: Fields): Promise<Webhook> {
  return product.readWebhook((await remote.bitbucket(product, "GET", webhookPath(product, attributes))) as Fields);
}

interface RemoteIntegration extends Fields {
  readonly id: string;
  readonly name: string;
  readonly webhookUrl: string;
  readonly space: { readonly id: string; readonly name: string };
}

/** Prints an integration and its webhooks as the two remote systems return them. @throws if they do not match */
export async function showRemoteState(
  printer: StepPrinter,
  remote: SandboxClient,
  { product, attributes }: DeployedIntegration,
  state: ReadonlyMap<string, Fields>,
): Promise<void> {
  const fields = `id name webhookUrl: ${product.webhookUrlField} space { id name }`;
  const query = `query Integration($id: ID!) { integration: ${product.query}(id: $id) { ${fields} } }`;
  const { integration } = await remote.graphql<{ readonly integration: RemoteIntegration | null }>(query, { id: attributes["id"] });
  if (integration === null) throw new Error(`Spacelift does not return the integration ${String(attributes["id"])}.`);
  const { name, id, space, webhookUrl } = integration;
  printer.print(`Spacelift  integration "${name}" (${id}) for ${product.title} in Space "${space.name}"`);
  printer.print(`           webhook URL ${webhookUrl}`);
  printer.print(
    `           webhook secret ${String(attributes["webhook_secret_fingerprint"])} (a fingerprint; no file contains the secret)`,
  );
  for (const [address, webhook] of state) {
    if (!address.startsWith(`${product.webhook}.`)) continue;
    await showWebhook(printer, remote, product, webhook, webhookUrl);
  }
}

async function showWebhook(
  printer: StepPrinter,
  remote: SandboxClient,
  product: Product,
  attributes: Fields,
  webhookUrl: string,
): Promise<void> {
  const repository = `${String(attributes[product.namespaceArgument])}/${String(attributes["repository"])}`;
  const { url, events, title, secret } = await readWebhook(remote, product, attributes);
  if (url !== webhookUrl) throw new Error(`The webhook of ${repository} has the URL ${url}.`);
  const missing = product.events.required.filter((event) => !events.includes(event));
  if (missing.length > 0) throw new Error(`The webhook of ${repository} lacks the events ${missing.join(", ")}.`);
  printer.print(`Bitbucket  ${repository}: webhook "${title}", ${events.length} events, ${secret ? "secret set" : "no secret"}`);
}

/** A stack that reads its source code through the integration. */
export interface AttachedStack {
  readonly provider: string;
  readonly repository: string;
  readonly id: string;
  readonly name: string;
  readonly branch: string;
}

/** Moves an existing stack into the Space of the integration, and makes it use the integration. */
export async function attachStack(remote: SandboxClient, integration: DeployedIntegration): Promise<AttachedStack> {
  const { product, attributes, namespace, repository } = integration;
  const { stacks } = await remote.graphql<{ readonly stacks: readonly AttachedStack[] }>(
    "{ stacks { id name branch provider repository } }",
  );
  const candidates = stacks.filter(({ provider }) => provider === product.provider);
  const stack = candidates.find((candidate) => candidate.repository === repository) ?? candidates[0];
  if (stack === undefined) throw new Error(`The emulated Spacelift account has no stack for ${product.title}.`);
  const { id, name, branch } = stack;
  const space = attributes["space_id"];
  const source = { provider: product.provider, namespace, repository, vcsIntegrationId: attributes["id"] };
  const mutation =
    "mutation Attach($id: ID!, $input: StackInput!) { stackUpdate(id: $id, input: $input) { id name branch provider repository } }";
  const variables = { id, input: { name, branch, administrative: false, space, ...source } };
  return (await remote.graphql<{ readonly stackUpdate: AttachedStack }>(mutation, variables)).stackUpdate;
}
