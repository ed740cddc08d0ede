/** Cause and fix of the codes that synthesis raises, for the diagnostics page. */
import type { Explanations } from "../diagnostics";

export const CONSTRUCT_EXPLANATIONS = {
  "secret-literal": {
    cause:
      "A secret is written in the app. Synthesized files are committed and uploaded, and the engine stores values in its state, so the secret would be in all of them.",
    fix: 'Put the secret in an environment variable, and pass `Credential.fromEnvironment("NAME")` or, from engine version 1.11 on, `Credential.fromVariable(…)`.',
  },
  "token-not-allowed": {
    cause:
      "A value is known only after apply, but decides something at synthesis: the address of a resource, or a rule between integrations and Spaces.",
    fix: "Pass a literal value, or the extra option that the message names, such as `constructId`.",
  },
  "duplicate-repository": {
    cause: "Two declarations add a webhook of the same integration to one repository. Bitbucket would deliver every event twice.",
    fix: "Remove one of the two. For a set of all repositories of a project, list the ones that you declare individually under `except`.",
  },
  "integration-not-available": {
    cause:
      "A stack reads a repository through an integration of a Space that it cannot use. An integration is available in its own Space, and in child Spaces if every Space on the path inherits.",
    fix: "Move the integration to the Space of the stack or to one of its parents, and set `inheritEntities` on the Spaces in between.",
  },
  "plugin-missing": {
    cause: "The provider plugin is not where synthesis expects it: a clone that was never built, a bundled app, or a wrong `pluginPath`.",
    fix: "In a clone, run `npm run build -- --plugin`. In your own app, install the package again: it contains the plugin. In a bundle, set `pluginPath` of `BitliftProvider` to `node_modules/bitlift/dist/plugin/terraform-provider-bitlift`.",
  },
  "plugin-mirror-disabled": {
    cause:
      "The CLI configuration of the engine has a `provider_installation` block without this provider, so the engine does not look next to the stack.",
    fix: "Add the lines in the message to that block. See [mirrors without internet access](guides/air-gapped.md#a-cli-configuration-with-provider_installation).",
  },
  "provider-lock-will-fail": {
    cause:
      "The stack uses another provider without an entry in the lock file. `cdktf deploy` or `cdktn deploy` then asks a registry for all providers of the stack, and no registry has this one.",
    fix: "Set `CDKTF_SKIP_PROVIDER_LOCK=true` for the commands `diff`, `deploy` and `destroy`. The engine adds the missing entries itself.",
  },
  "backing-unsupported": {
    cause:
      "The backing is `published`, and the declaration needs something that the published providers cannot do. [The published providers](guides/published-providers.md) lists all of it.",
    fix: "Follow the alternative in the message, or set the backing of this integration to `bitlift`.",
  },
  "secrets-stored-in-state": {
    cause:
      "The backing is `published`. Spacelift's own provider stores the webhook secret of each integration in the state, and the providers for Bitbucket store it with each webhook.",
    fix: "Keep the state in a backend that encrypts it, and let only those read it who may know the secrets. Bitlift's own provider stores no secret.",
  },
  "host-missing": {
    cause: "The app imports Bitlift for a host framework that is not installed: `bitlift` is for `cdktf`, `bitlift/cdktn` is for `cdktn`.",
    fix: "Install the host that the app uses, or import the entry for the host that is installed.",
  },
  "host-mismatch": {
    cause:
      "A construct of Bitlift is in an app of another host framework. The constructs of `bitlift` extend those of `cdktf`, and the constructs of `bitlift/cdktn` extend those of `cdktn`.",
    fix: "Import App and TerraformStack from the same host as Bitlift, as the message says.",
  },
  "package-missing": {
    cause:
      "A package that only some apps need is not installed, such as `@cdktf/provider-null` for Bitbucket Data Center with published backing.",
    fix: "Install the package that the message names.",
  },
  "source-without-webhook": {
    cause: "A stack reads a repository through the integration, but the app declares no webhook there. Pushes would not start runs.",
    fix: "Call `addRepository` with this repository on the integration.",
  },
  "lock-file-unreadable": {
    cause:
      "`.terraform.lock.hcl` of the stack cannot be parsed, so synthesis cannot add the entry of the plugin without damage to the others.",
    fix: "Repair the file, for example from version control, or delete it. The next `init` writes a new one.",
  },
  "configuration-invalid": {
    cause: "`bitlift.yaml`, or a file that it includes, is missing or has errors. The message lists all of them with their places.",
    fix: "Correct the file. Editors complete and check it with [the JSON Schema](../bitlift.schema.json). A configuration that is still under `context.bitlift` in `cdktf.json` moves into [`bitlift.yaml`](guides/file.md).",
  },
} satisfies Explanations<string>;
