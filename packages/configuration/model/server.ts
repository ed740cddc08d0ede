/** Servers of Bitbucket Data Center. */
import { oneOf, settings, text } from "./settings";
import { secret } from "./secret";

export const server = settings({
  url: text.optional().meta({
    description: "URL of the server without /rest, including its context path if it has one.",
    examples: ["https://bitbucket.acme.example"],
  }),
  token: secret.optional().describe("The access token that manages webhooks. Default: the environment of the provider."),
  username: text.optional().describe("User name, if a password manages webhooks instead of an access token."),
  password: secret.optional().describe("The password of username."),
  caCertificate: text.optional().meta({
    description: "Path of a PEM file with the certificate of the authority that signed the server's certificate, relative to the file.",
    examples: ["certificates/acme.pem"],
  }),
}).meta({ id: "server", description: "A server of Bitbucket Data Center.", ...oneOf(["url"]) });
