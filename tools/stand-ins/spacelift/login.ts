/** The logins of the published provider: a complete API key wins over a token, and a token says where the API is. */
import { published } from "../runtime/catalog";
import { GraphqlClient, postGraphql } from "./graphql-client";

export const VARIABLES = {
  api_key_endpoint: "SPACELIFT_API_KEY_ENDPOINT",
  api_key_id: "SPACELIFT_API_KEY_ID",
  api_key_secret: "SPACELIFT_API_KEY_SECRET",
  api_token: "SPACELIFT_API_TOKEN",
} as const;

type Login = Readonly<Record<string, string>>;

const KEY_USER = "mutation($id:ID!$secret:String!){apiKeyUser(id: $id, secret: $secret){jwt}}";

/** The plugin is two providers in one process, and each logs in. */
export async function logIn(login: Login): Promise<GraphqlClient> {
  await logInOnce(login);
  return logInOnce(login);
}

async function logInOnce(login: Login): Promise<GraphqlClient> {
  const missing = ["api_key_endpoint", "api_key_id", "api_key_secret"].filter((name) => (login[name] ?? "") === "");
  try {
    if (missing.length === 0) return clientOf(await tokenOfKey(login));
    if ((login["api_token"] ?? "") !== "") return clientOf(login["api_token"] ?? "");
  } catch (thrown) {
    throw published(`could not build API client: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
  const names = missing.join(", ");
  throw published(
    `could not validate provider config: either the API key must be set or the following settings must be provided: ${names}`,
  );
}

async function tokenOfKey({ api_key_endpoint: endpoint = "", api_key_id: id, api_key_secret: secret }: Login): Promise<string> {
  const { apiKeyUser } = await postGraphql(endpoint.replace(/\/$/, ""), KEY_USER, { id, secret }).catch((thrown: unknown) => {
    throw new Error(`could not get API user data: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  });
  if (apiKeyUser === null || apiKeyUser === undefined) throw new Error("no such API user, your key ID may be incorrect");
  return (apiKeyUser as { readonly jwt: string }).jwt;
}

function clientOf(token: string): GraphqlClient {
  const parts = token.split(".");
  if (parts.length !== 3) throw new Error("could not parse client token: token is malformed: token contains an invalid number of segments");
  const { aud } = JSON.parse(Buffer.from(parts[1] ?? "", "base64url").toString("utf8")) as { readonly aud?: unknown };
  const audience = Array.isArray(aud) ? (aud as readonly string[]) : typeof aud === "string" ? [aud] : [];
  const [endpoint] = audience;
  if (endpoint === undefined || audience.length !== 1) throw new Error(`invalid audience in token: [${audience.join(" ")}]`);
  return new GraphqlClient(endpoint, token);
}
