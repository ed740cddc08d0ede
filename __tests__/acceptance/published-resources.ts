/** A configuration of the published providers: a Space, an integration, a webhook of each product, a stack, a module and a null_resource. */
import type { SandboxClient } from "../../tools/harness";
import type { Resources } from "./configuration";

export const SPACE = "spacelift_space.payments";
export const INTEGRATION = "spacelift_bitbucket_datacenter_integration.payments";
export const HOOK = "bitbucket_hook.infrastructure";
export const WEBHOOK = "bitbucketserver_repository_webhook.infrastructure";
export const STACK = "spacelift_stack.production";
export const MODULE = "spacelift_module.network";
export const TRIGGERS = "null_resource.payments";

export const HOOK_SECRET = "secret-of-the-cloud-webhook";
const HOST = "https://bitbucket.acme.example";

/** The logins of bitbucketserver, whose own variables the provider `bitbucket` reads too. */
export const PROVIDERS = {
  variable: { bitbucketserver_username: {}, bitbucketserver_password: { sensitive: true } },
  provider: {
    bitbucketserver: { username: "${var.bitbucketserver_username}", password: "${var.bitbucketserver_password}" },
  },
};

/** Arguments that replace or extend those of the default configuration. */
export interface ResourceChanges {
  readonly space?: object;
  readonly integration?: object;
  readonly hook?: object;
  readonly webhook?: object;
  readonly stack?: object;
  readonly module?: object;
  /** Resources in addition. */
  readonly others?: Resources;
}

export function configurationOfEveryType(changes: ResourceChanges = {}): { readonly resource: Resources } {
  return {
    ...PROVIDERS,
    resource: {
      spacelift_space: { payments: { name: "Payments", ...changes.space } },
      spacelift_bitbucket_datacenter_integration: { payments: { ...integrationArguments(), ...changes.integration } },
      bitbucket_hook: {
        infrastructure: {
          owner: "acme-workspace",
          repository: "infrastructure",
          url: `${HOST}/hook`,
          description: "Spacelift",
          events: ["repo:push", "pullrequest:updated", "pullrequest:created"],
          secret: HOOK_SECRET,
          skip_cert_verification: false,
          ...changes.hook,
        },
      },
      bitbucketserver_repository_webhook: {
        infrastructure: {
          project: "PLAT",
          repository: "infrastructure",
          name: "Spacelift",
          webhook_url: `\${${INTEGRATION}.webhook_url}`,
          secret: `\${${INTEGRATION}.webhook_secret}`,
          events: ["repo:refs_changed", "pr:opened"],
          ...changes.webhook,
        },
      },
      spacelift_stack: {
        production: {
          name: "Production",
          repository: "infrastructure",
          branch: "main",
          space_id: `\${${SPACE}.id}`,
          bitbucket_cloud: [{ namespace: "acme-workspace" }],
          ...changes.stack,
        },
      },
      spacelift_module: {
        network: {
          name: "network",
          terraform_provider: "aws",
          repository: "terraform-modules",
          branch: "main",
          space_id: `\${${SPACE}.id}`,
          bitbucket_datacenter: [{ id: `\${${INTEGRATION}.id}`, namespace: "PLAT" }],
          ...changes.module,
        },
      },
      ...changes.others,
    },
  };
}

function integrationArguments(): object {
  return {
    name: "Payments",
    is_default: false,
    space_id: `\${${SPACE}.id}`,
    api_host: HOST,
    user_facing_host: HOST,
    username: "spacelift-reader",
    access_token: "sandbox-datacenter-token-for-spacelift",
  };
}

/** The published provider cannot create a Cloud integration, so a test needs one that exists. Returns its id. */
export async function createDefaultCloudIntegration(remote: SandboxClient, apiToken: string | undefined): Promise<string> {
  const { bitbucketCloudIntegrationCreateV2: created } = await remote.graphql<{ bitbucketCloudIntegrationCreateV2: { id: string } }>(
    "mutation($input:BitbucketCloudIntegrationInput!){bitbucketCloudIntegrationCreateV2(input:$input){id}}",
    { input: { customInput: { name: "Main", spaceID: "root", isDefault: true }, email: "spacelift@acme.example", apiToken } },
  );
  return created.id;
}
