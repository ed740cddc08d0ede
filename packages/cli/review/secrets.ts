/** The secrets of the environment, which occur in no output: by the names of their variables. */
import type { Configuration, SecretSource } from "../../configuration";

const SECRET_NAME = /TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIAL|PRIVATE_KEY|API_KEY|ACCESS_KEY|AUTHORIZATION/i;
/** Names with such an end say where a secret is, not what it is. */
const ABOUT_A_SECRET = /_(ID|ENDPOINT|URL|FILE|PATH|ENV|TYPE|NAME|HELPER)$/i;
/** A shorter text occurs by chance. */
const SHORTEST = 6;

type Environment = Readonly<Record<string, string | undefined>>;

/** @param configuration names variables too */
export function environmentSecrets(environment: Environment, configuration: Configuration | undefined): readonly string[] {
  const named = new Set(configuration === undefined ? [] : variablesOf(configuration));
  const values = Object.entries(environment).flatMap(([name, value = ""]) => {
    const isSecret = named.has(name) || (SECRET_NAME.test(name) && !ABOUT_A_SECRET.test(name));
    return isSecret && value.length >= SHORTEST ? [value] : [];
  });
  return [...new Set(values)];
}

function variablesOf({ bitbucketCloud, servers, integrations }: Configuration): readonly string[] {
  const sources: (SecretSource | undefined)[] = [bitbucketCloud?.token];
  for (const { login } of servers.values()) sources.push(login === undefined ? undefined : "token" in login ? login.token : login.password);
  for (const { credential } of integrations.values())
    sources.push(credential === undefined ? undefined : "token" in credential ? credential.token : credential.appPassword);
  return sources.flatMap((source) => (source === undefined ? [] : ["env" in source ? source.env : `TF_VAR_${source.variable}`]));
}

/** Anything made of texts, lists and objects, without the secrets in its texts. */
export function withoutSecrets<T>(value: T, secrets: readonly string[]): T {
  const longestFirst = [...secrets].sort((a, b) => b.length - a.length);
  return redacted(value, (text) => longestFirst.reduce((result, secret) => result.replaceAll(secret, "(sensitive)"), text));
}

function redacted<T>(value: T, redact: (text: string) => string): T {
  if (typeof value === "string") return redact(value) as T;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => redacted(item, redact)) as T;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redacted(item as unknown, redact)])) as T;
}
