/** Cause and fix of the codes about integrations, their credentials and Spaces, for the diagnostics page. */
import type { Explanations } from "../diagnostics";

export const INTEGRATION_EXPLANATIONS = {
  "credential-form": {
    cause:
      "An integration has no credential for Spacelift, parts of two, or an incomplete one. It needs a login (`email`, `username`) and one source of its token.",
    fix: "Set exactly one of the forms that the message lists. `api_token_env`, `access_token_env` and `app_password_env` take the name of an environment variable, not the token.",
  },
  "credential-variable-not-set": {
    cause: "An argument that ends in `_env` names an environment variable that is unset or empty in the process of the provider.",
    fix: "Set the variable where the command runs. In a pipeline, check that the variable is available to this step, and not only to another deployment or branch. During a plan this is a warning, because plan and apply can run in different places.",
  },
  "credential-change-not-checked": {
    cause: "The variable of the token is not set where the plan runs, so the provider cannot tell whether Spacelift has its current value.",
    fix: "Set the variable where plans run as well. Until then, Spacelift keeps the token that it has.",
  },
  "provider-credential-reused": {
    cause:
      "The integration takes the token for Spacelift from the variable with which the provider itself logs in. Spacelift would receive a token that can change webhooks.",
    fix: "Create a token that can only read code, put it in a variable of its own, and set the argument to the name of that variable.",
  },
  "app-password-retired": {
    cause: "The integration uses `username` with an app password. Atlassian disabled all app passwords of Bitbucket Cloud in July 2026.",
    fix: "Use `email` with an API token. Changing the form updates the integration in place: its ID and webhook URL stay.",
  },

  "default-outside-root": {
    cause: "A default integration serves the whole account, so it cannot belong to a Space other than `root`.",
    fix: "Remove `space_id`, or set `is_default` to `false`.",
  },
  "duplicate-default": {
    cause: "An account has one default integration for each Bitbucket product, and there is one already, in Spacelift or in the same app.",
    fix: "Set `is_default = false` on this integration, or [import](guides/adopting.md#spaces-and-integrations) the existing one instead of creating another.",
  },
  "duplicate-integration-name": {
    cause:
      "Spacelift derives the ID of an integration from its name, and another integration has this ID. Names that differ only in capital letters, spaces or punctuation have the same ID.",
    fix: "[Import](guides/adopting.md#spaces-and-integrations) the existing integration, choose another name, or, if a resource has a new address, add a `moved` block or call `moveFrom`.",
  },
  "integration-not-visible": {
    cause: "The API key cannot read the integration, although it exists or may exist. The provider never treats this as deleted.",
    fix: "Give the key the admin role in the Space that the message names.",
  },
  "integration-not-found": {
    cause: "No integration with this ID is visible to the API key, or it was deleted after the plan was made.",
    fix: "Check the ID: it is derived from the name, such as `bitbucket-for-payments`. If the ID is correct, check that the key can read the Space of the integration, then plan again.",
  },
  "integration-url-changed": {
    cause: "The plan predicted a webhook URL, and Spacelift returned another one.",
    fix: "Apply again. The second apply gives the new URL to the webhooks.",
  },
  "integration-lookup-failed": {
    cause:
      "The plan could not look up in Spacelift whether an integration with this name exists, so it shows the ID and the webhook URL as known after apply.",
    fix: "The apply looks up the name again, and fails if it cannot. If the reason in the message is not a temporary failure, correct it before you apply.",
  },
  "integration-created-incomplete": {
    cause: "Spacelift created the integration, but reading it back failed or left out some attributes.",
    fix: "Plan again. The new plan reads what is missing and corrects it in place.",
  },
  "integration-input-unknown": {
    cause:
      "Spacelift does not publish the inputs of its newest mutations, so the provider reads them from the server. This server's input has no field for a value, or requires one that the provider does not know.",
    fix: "Follow the message. If it does not help, report it with the names of the fields that it lists.",
  },
  "mutation-not-supported": {
    cause: "This Spacelift server does not offer the mutation for this kind of credential. It is older than the form, or has removed it.",
    fix: "Use the credential form that the message names, or update a server that you host yourself.",
  },
  "integration-in-use": {
    cause:
      "Stacks or modules use the integration that would be deleted or replaced. They would lose their source: no webhooks, no runs. The apply stops before it changes anything.",
    fix: "Attach the stacks and modules to another integration. To detach them on purpose, first apply `detach_protection = false`, then the change.",
  },
  "consumers-will-be-detached": {
    cause: "The plan deletes or replaces an integration that stacks or modules use. The message names them.",
    fix: "Attach them to another integration before you apply. A new integration with the same name does not attach them again.",
  },
  "consumers-lose-access": {
    cause:
      "The plan moves an integration to another Space, or a Space to another parent, or stops a Space from inheriting. The stacks and modules in the message could then no longer use the integration. Spacelift rejects such a change while any of them is attached.",
    fix: "Attach the stacks and modules to another integration first, or keep the integration in a Space that they inherit from.",
  },
  "consumers-detached": {
    cause: "An integration was deleted with `detach_protection = false`, and the stacks and modules in the message have lost their source.",
    fix: "Choose an integration in the settings of each stack and module in Spacelift, or apply the configuration that declares their source again.",
  },
  "integration-usage-unknown": {
    cause:
      "The provider could not read all stacks and modules of the account, so it does not know whether any of them uses the integration.",
    fix: "Run the plan with a key that has the admin role in `root`, or check in Spacelift before you apply.",
  },
  "replacement-blocked": {
    cause:
      "The replacement deletes first, and what it creates afterwards would fail. The provider checks this before the delete, so nothing has changed.",
    fix: "Correct the reason that the message names, then apply again. If the integration is only marked as tainted, keep it with `terraform untaint`.",
  },
  "host-not-encrypted": {
    cause: "The address of the Bitbucket server starts with `http://`, so tokens cross the network in clear text.",
    fix: "Use `https://` if the server supports it.",
  },
  "user-facing-host-private": {
    cause:
      "The user-facing address starts with `private://`, which only VCS agents understand. Spacelift builds its links from this address.",
    fix: "Set it to the URL at which people open Bitbucket. Only the API host takes a `private://` address.",
  },
  "host-with-rest-path": {
    cause: "The address of the server contains `/rest`. Spacelift and the provider add that path themselves.",
    fix: "Use the address of the server, including its context path if it has one, such as `https://acme.example/bitbucket`.",
  },

  "duplicate-space-name": {
    cause:
      "The parent Space already contains a Space with this name. Spacelift would create a second one, which people and imports could not tell apart.",
    fix: "[Import](guides/adopting.md#spaces-and-integrations) the existing Space, or choose another name or parent.",
  },
  "space-not-empty": {
    cause: "Spacelift rejects the delete of a Space that contains something. The message lists what the API key can see of it.",
    fix: "Move or delete the contents, then apply again. Contexts, policies and other objects also count as contents.",
  },
  "space-lookup-failed": {
    cause:
      "The plan could not read the Spaces of the account, so it does not know whether a Space with this name exists, or whether the Space of a resource exists.",
    fix: "The apply checks again before it creates anything, and fails if it cannot. If the reason in the message is not a temporary failure, correct it before you apply.",
  },
  "space-not-found": {
    cause:
      "The API key cannot see a Space with this ID or name. A Space outside the key's access looks the same as one that does not exist.",
    fix: "If the message names the ID, set it. Otherwise, check that an argument for an ID contains the ID, such as `payments-01HN0BF3GMYZQ4NYVNQ1RKQ9M7`, and not the name. If it does, give the key access to the Space.",
  },
  "space-ambiguous": {
    cause: "Several Spaces have this name. The message lists their IDs and parents.",
    fix: "Set `id` instead of `name`, or add `parent_space_id`.",
  },
  "space-cycle": {
    cause: "The parent of the Space is the Space itself, or is inside it.",
    fix: "Choose a parent outside this Space.",
  },
} satisfies Explanations<string>;
