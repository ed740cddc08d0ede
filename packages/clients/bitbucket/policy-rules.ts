/** Rejections that no role and no scope can lift: a policy of the workspace or server, its plan, or the state of the account. */
import type { ErrorContext, ErrorMessages, ErrorRule } from "./error-rules";

interface Policy {
  /** What Bitbucket's message contains. The wording is not documented, so the patterns are broad. */
  readonly words: RegExp;
  readonly fix: (context: ErrorContext<ErrorMessages>) => string;
}

const POLICIES: readonly Policy[] = [
  {
    words: /two[- ]?(step|factor)|multi[- ]?factor|\b(2fa|2sv|mfa)\b/i,
    fix: (context) =>
      context.connection.product === CLOUD && context.connection.login === "access token"
        ? "An access token belongs to no person. Use the email and the API token (BITBUCKET_EMAIL, BITBUCKET_API_TOKEN) of an account that has two-step verification enabled, or ask an administrator of the workspace which credentials it accepts."
        : `Enable two-step verification for ${accountOf(context)}, then run the command again. A new token does not help as long as it is off.`,
  },
  {
    words: /allow[- ]?list|white[- ]?list|block[- ]?list|\bip\b|\bips\b|network location|your location/i,
    fix: (context) =>
      `Run the command on a machine whose address is allowed, or ask ${administratorOf(context)} to allow the address with which this machine (or its proxy) reaches ${context.connection.host}.`,
  },
  {
    words: /\bsso\b|\bsaml\b|single[- ]sign[- ]?on|identity provider/i,
    fix: (context) =>
      context.connection.product === CLOUD && context.connection.login !== "access token"
        ? `Log in to Bitbucket once in a browser through single sign-on as ${accountOf(context)}, then create a new API token for it. An access token of the repository, project or workspace (BITBUCKET_ACCESS_TOKEN) belongs to no person.`
        : `Log in once in a browser through single sign-on as ${accountOf(context)}, then create a new access token. Ask ${administratorOf(context)} if single sign-on rejects it.`,
  },
  {
    words: /(confirm|verif)\w*( \w+){0,3} e-?mail|e-?mail( \w+){0,4} (confirm|verif)/i,
    fix: (context) => `Confirm the email address of ${accountOf(context)} in its Atlassian account settings, then run the command again.`,
  },
  {
    words:
      /\b(account|user)( \w+){0,3} (is|was|has been) (\w+ )?(suspended|deactivated|disabled|blocked|locked|closed)|(suspended|deactivated|disabled|blocked|locked) (account|user)/i,
    fix: (context) => `Ask ${administratorOf(context)} to reactivate ${accountOf(context)}, or use the login of another account.`,
  },
  {
    words:
      /suspend|billing|payment|subscription|\bplans?\b|upgrade|licen[cs]e|(user|seat|storage) (limit|quota)|over (its|the|your) limit|read[- ]only/i,
    fix: (context) =>
      context.connection.product === CLOUD
        ? `Ask ${administratorOf(context)} to correct this in the plan details of the workspace, then run the command again.`
        : `Ask ${administratorOf(context)} to check the license of the server and the number of licensed users, then run the command again.`,
  },
  {
    words: /terms (of service|and conditions)|privacy policy/i,
    fix: (context) => `Log in to Bitbucket in a browser as ${accountOf(context)} and accept what it shows, then run the command again.`,
  },
  {
    words: /authentication (mechanism|method|type)|not accessible (by|with) this/i,
    fix: ({ connection: { product, login } }) =>
      product === CLOUD
        ? `Use another kind of credential than the ${login}: an access token of the repository, project or workspace (BITBUCKET_ACCESS_TOKEN), or the email of an Atlassian account with its API token (BITBUCKET_EMAIL, BITBUCKET_API_TOKEN).`
        : "Use an HTTP access token (BITBUCKET_DATACENTER_TOKEN) instead of username and password.",
  },
];

const CLOUD = "Bitbucket Cloud";

/** A condition that the account or the workspace must meet, if no rule above recognizes the message. */
const CONDITION = /\bpolic(y|ies)\b|\byou(r \w+)? (must|need to|have to)\b(?!.*\b(admin|permission|scope|privilege|write|read)\w*)/i;

/** Words with which Bitbucket reports a missing role or scope. */
const ABOUT_RIGHTS =
  /permission|permitted|privilege|scope|forbidden|access|authori[sz]|admin|\brights?\b|\brole\b|credential|not allowed|denied/i;

/** For both products. They precede the rules that give advice about roles and scopes. */
export function policyRules<Body extends ErrorMessages>(statuses: readonly number[]): readonly ErrorRule<Body>[] {
  return POLICIES.map(({ words, fix }) => ({
    when: ({ status, message }) => statuses.includes(status) && words.test(message ?? ""),
    code: "remote-permission-denied",
    kind: "not-permitted",
    fix,
  }));
}

/** A 403 whose message names neither a known policy nor a missing role or scope: advice about roles and scopes would be a guess. */
export function unknownPolicyRule<Body extends ErrorMessages>(): ErrorRule<Body> {
  return {
    when: ({ status, message }) =>
      status === 402 || (status === 403 && message !== null && (CONDITION.test(message) || !ABOUT_RIGHTS.test(message))),
    code: "remote-permission-denied",
    kind: "not-permitted",
    fix: (context) =>
      `Do what the message of ${context.connection.product} asks for. If it is not clear, show the message to ${administratorOf(context)}.`,
  };
}

function accountOf({ connection: { user, login } }: ErrorContext<ErrorMessages>): string {
  return user === null ? `the account to which the ${login} belongs` : `the account "${user}"`;
}

function administratorOf({ connection: { product } }: ErrorContext<ErrorMessages>): string {
  return product === CLOUD ? "an administrator of the workspace" : "an administrator of the server";
}
