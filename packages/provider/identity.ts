/** Who the provider is: what its start needs, before anything else is loaded. */
import { version } from "../../package.json";

export const IDENTITY = {
  /** Local name of the provider, and the prefix of every type. */
  name: "bitlift",
  /** A reserved host, so that no other provider can be published under this address. */
  source: "terraform.local/bitlift/bitlift",
  version,
  summary: "Manages Spacelift's Bitbucket integrations, the Spaces that use them, and the repository webhooks that notify them.",
} as const;
