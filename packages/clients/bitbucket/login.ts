/** The login to either Bitbucket product as an HTTP header, and how messages name it. */

/** The credential's name in messages. Hints depend on it. */
export type LoginMethod = "access token" | "API token" | "password" | "Pipelines proxy";

export type LoginCredentials =
  | { readonly accessToken: string }
  | { readonly email: string; readonly apiToken: string }
  | { readonly username: string; readonly password: string };

export interface Login {
  readonly method: LoginMethod;
  /** The email or user name that is sent with the secret; null for a token alone. */
  readonly user: string | null;
  /** Value of the Authorization header. */
  readonly authorization: string;
  /** Texts that must never appear in a message or a log. */
  readonly secrets: readonly string[];
}

export function createLogin(credentials: LoginCredentials): Login {
  if ("accessToken" in credentials)
    return createHeaderLogin("access token", null, "Bearer", credentials.accessToken, credentials.accessToken);
  if ("email" in credentials) return createBasicLogin("API token", credentials.email, credentials.apiToken);
  return createBasicLogin("password", credentials.username, credentials.password);
}

function createBasicLogin(method: LoginMethod, user: string, secret: string): Login {
  return createHeaderLogin(method, user, "Basic", Buffer.from(`${user}:${secret}`, "utf8").toString("base64"), secret);
}

function createHeaderLogin(method: LoginMethod, user: string | null, scheme: "Basic" | "Bearer", value: string, secret: string): Login {
  const authorization = `${scheme} ${value}`;
  return { method, user, authorization, secrets: [secret, authorization, value] };
}
