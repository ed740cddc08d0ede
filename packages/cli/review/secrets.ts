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

/** A last net under everything that is printed or posted. Nothing is expected to get this far. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  const longestFirst = [...secrets].sort((a, b) => b.length - a.length);
  return longestFirst.reduce((result, secret) => (result.includes(secret) ? result.replaceAll(secret, "(sensitive)") : result), text);
}
