/** Cause and fix of the codes about the provider's settings and about remote systems, for the diagnostics page. */
import type { Explanations } from "../diagnostics";

export const CONFIGURATION_EXPLANATIONS = {
  "spacelift-not-configured": {
    cause:
      "A resource needs Spacelift, but neither the `spacelift` block nor the environment has a complete login. Half of an API key counts as missing. The message names the parts that are missing.",
    fix: "Set `SPACELIFT_API_KEY_ENDPOINT`, `SPACELIFT_API_KEY_ID` and `SPACELIFT_API_KEY_SECRET`, or `SPACELIFT_API_TOKEN`, where plans run. Inside a Spacelift run, the token is already set. [The provider page](index.md#block-spacelift) lists the arguments of the block.",
  },
  "spacelift-credentials-conflict": {
    cause: "The `spacelift` block contains an API token and parts of an API key, or a secret and the name of its variable.",
    fix: "Keep one form. A value in the block is used instead of the one in the environment, so the environment is never the second form.",
  },
  "bitbucket-cloud-not-configured": {
    cause:
      "A webhook or a list of repositories in Bitbucket Cloud is planned, but no complete login is in the `bitbucket_cloud` block or in the environment.",
    fix: "Set `BITBUCKET_ACCESS_TOKEN`, or `BITBUCKET_EMAIL` with `BITBUCKET_API_TOKEN`, where plans run, or add [the block](index.md#block-bitbucket_cloud). This login manages webhooks. It is not the token that Spacelift uses to read code.",
  },
  "bitbucket-datacenter-not-configured": {
    cause: "A webhook or a list of repositories on a Data Center server is planned, but its address or its login is missing.",
    fix: "Set `BITBUCKET_DATACENTER_URL` and `BITBUCKET_DATACENTER_TOKEN` where plans run, or add [the block](index.md#block-bitbucket_datacenter). For several servers, use one provider alias for each.",
  },
  "bitbucket-credentials-conflict": {
    cause: "A Bitbucket block contains two logins, or a secret and the name of its variable.",
    fix: "Keep one form in the block.",
  },
  "credential-address-mismatch": {
    cause:
      "The secret comes from the environment, and the address from the provider block, but the environment has another address. Whoever edits the block could send the secret to a server of their choice.",
    fix: "Set the address and the secret in the same place, or make the two addresses equal. The message names both.",
  },
  "address-not-allowed": {
    cause: "`BITLIFT_ALLOWED_HOSTS` is set, and the host of an address is not in it, so the provider sends no credential there.",
    fix: "Correct the address, or add its host to `BITLIFT_ALLOWED_HOSTS`: hosts separated by commas, each with an optional port.",
  },
  "provider-setting-invalid": {
    cause:
      "A setting of the provider cannot be used: an address, a duration, a certificate, a proxy, a token with a line break. The setting may come from the provider block or from an environment variable; the message names it.",
    fix: "Correct the setting that the message names. If both the block and a variable can set it, check the block first: it takes precedence.",
  },
  "provider-configuration-unknown": {
    cause: "A value in the provider block depends on a resource that does not exist yet, so the provider cannot connect during this plan.",
    fix: "Take the value from a variable or from the environment. Otherwise, apply the resource that it depends on first, with `-target`.",
  },

  "remote-unreachable": {
    cause:
      "The provider could not connect to the remote system, or received no complete response: the address is wrong, the network or a proxy blocks the connection, the server is slow, or the machine does not trust its certificate.",
    fix: "The message names the host and the reason. Try the address with `curl -v` on the machine where the engine runs. For a private certificate authority, set `ca_certificate` of the block. For a proxy, check `HTTPS_PROXY` and `NO_PROXY`. For a slow server, increase `request_timeout`.",
  },
  "remote-response-invalid": {
    cause:
      "The response did not come from the API of the remote system. It is a login page or an error page of a proxy, the address is not that of the API, or the server failed.",
    fix: "Open the address in the message. If it is not the API, correct the address. If it is, check the status page of the remote system, and run the command again later.",
  },
  "remote-request-rejected": {
    cause:
      "The remote system understood the request and rejects it. The message quotes its reason: a value that it does not accept, a limit that is reached, a repository that is archived.",
    fix: "Act on the quoted reason. For a limit on the number of webhooks, delete one that is no longer needed.",
  },
  "remote-unauthenticated": {
    cause:
      "The remote system does not accept the login: the token is wrong, has expired, was revoked, or is of another kind than the setting expects.",
    fix: "Check the setting that the message names. An Atlassian API token needs the email address of its account as its user. Data Center needs an HTTP access token or a user name with its password. A Spacelift key must belong to the account of its endpoint.",
  },
  "remote-permission-denied": {
    cause:
      "The login is valid, but is not permitted to do this: a role or a scope is missing, or a policy of the remote system blocks the login (two-step verification, an allowlist of IP addresses, single sign-on, the plan of the workspace).",
    fix: "The message quotes the remote system and says which of the two it is. For a missing scope, create a new token, because the scopes of an existing one cannot change. A policy is changed by an administrator of the workspace or the account.",
  },
  "remote-redirect": {
    cause:
      "The remote system redirected a request to another address. A credential is never sent to another server, and a change is never repeated at another address.",
    fix: "If the new address is correct, configure it: the address of the server, or the new name of the repository. Otherwise, check the proxy in between.",
  },
  "remote-rate-limited": {
    cause:
      "The remote system limits the number of requests, and waiting for it would take longer than `rate_limit_max_wait` allows. Bitbucket Cloud allows 1,000 webhook requests an hour.",
    fix: "Run the command later, increase `rate_limit_max_wait`, or use a credential that fewer programs share. What was done before is in the state, so the next run continues.",
  },
} satisfies Explanations<string>;
