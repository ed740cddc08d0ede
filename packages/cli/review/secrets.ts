/** The secrets of the environment, which occur in no output: by the names of their variables, and passwords in addresses. */
import type { Configuration, SecretSource } from "../../configuration";
import { parsedUrl } from "../../domain";

const SECRET_NAME =
  /TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIAL|PRIVATE_?KEY|API_?KEY|ACCESS_?KEY|AUTHORIZATION|WEBHOOK|COOKIE|JWT|(^|_)(PASS|PWD|PAT|KEY|AUTH|CERT|CERTIFICATE|PEM|PFX|DSN)(_|$)|[A-Z](PASS|PWD)$/i;
/** Names with such an end say where a secret is, not what it is. */
const ABOUT_A_SECRET = /_(ID|ENDPOINT|FILE|PATH|DIR|ENV|TYPE|NAME|HELPER|SOCK|METHOD)$/i;
/** Keys and certificates that everybody may see, and the folders of a shell. */
const PUBLIC_NAME = /(^|_)(PROJECT|PUBLIC|ISSUE|CACHE|PRIMARY|SORT)_KEY$|CA_CERT(IFICATE)?S?$|^(OLD)?PWD$/i;
/** Such variables contain texts that the author of a pull request chooses, so the file of the pull request cannot make them secrets. */
const OF_THE_PIPELINE =
  /^(CI|BUILD|GITHUB|GITLAB|BITBUCKET|JENKINS|SPACELIFT|TF_VAR_spacelift)_|(^|_)(BRANCH|REF|TAG|COMMIT|TITLE|MESSAGE|AUTHOR)(_|$)/;
/** A shorter text occurs by chance. */
const SHORTEST = 6;
/** For variables that only the file calls secret. */
const SHORTEST_NAMED = 8;

type Environment = Readonly<Record<string, string | undefined>>;

/** @param configuration names variables too; it may be that of a pull request */
export function environmentSecrets(environment: Environment, configuration: Configuration | undefined): readonly string[] {
  const named = new Set(configuration === undefined ? [] : variablesOf(configuration));
  const values = Object.entries(environment).flatMap(([name, value = ""]) => [
    ...(isSecretName(name, value) && value.length >= SHORTEST ? [value] : []),
    ...(named.has(name) && !OF_THE_PIPELINE.test(name) && value.length >= SHORTEST_NAMED ? [value] : []),
    ...passwordsIn(value).filter(({ length }) => length >= SHORTEST),
  ]);
  return [...new Set(values)];
}

function isSecretName(name: string, value: string): boolean {
  if (!SECRET_NAME.test(name) || ABOUT_A_SECRET.test(name) || PUBLIC_NAME.test(name)) return false;
  const address = /_(URL|URI)$/i.test(name) ? parsedUrl(value) : undefined;
  // The address of a token service is public; that of a chat's webhook is its secret, in the path or the query.
  return address === undefined || address.pathname.length > 1 || address.search !== "";
}

/** In addresses such as `https://user:password@proxy.example`, as they are written and as they are meant. */
function passwordsIn(value: string): readonly string[] {
  return [...value.matchAll(/[a-z][a-z0-9+.-]*:\/\/[^/?#\s@]*?:([^/?#\s]+)@/gi)].flatMap(([, password = ""]) => [
    password,
    decoded(password),
  ]);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function variablesOf({ bitbucketCloud, servers, integrations }: Configuration): readonly string[] {
  const sources: (SecretSource | undefined)[] = [bitbucketCloud?.token];
  for (const { login } of servers.values()) sources.push(login === undefined ? undefined : "token" in login ? login.token : login.password);
  for (const { credential } of integrations.values())
    sources.push(credential === undefined ? undefined : "token" in credential ? credential.token : credential.appPassword);
  return sources.flatMap((source) => (source === undefined ? [] : ["env" in source ? source.env : `TF_VAR_${source.variable}`]));
}
