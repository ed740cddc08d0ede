/** Recognizes secrets that stand where a text for people or a name belongs. A message must never repeat what is recognized here. */

/** The beginnings of tokens that Atlassian, Spacelift, GitHub, GitLab, Slack and AWS issue, and of private keys. */
const TOKEN_START =
  /(^|[^A-Za-z0-9])(AT(ATT|CTT|BB|OA)[A-Za-z0-9+/=_-]{12,}|BBDC-[A-Za-z0-9+/=]{12,}|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[abprs]-[\w-]{10,}|A(KIA|SIA)[A-Z0-9]{16}|eyJ[\w-]{10,}\.[\w-]{10,})|-----BEGIN [A-Z ]*PRIVATE KEY-----/;

/** Arguments of backends that would write a secret to the synthesized file. The engine can also read each of them from the environment. */
const SECRET_BACKEND_ARGUMENT =
  /^(password|token|access_key|secret_key|session_token|client_secret|client_certificate_password|sas_token|conn_str|credentials|access_token|encryption_key)$/;

/** Whether a text contains what is certainly a token or a private key. */
export function containsSecret(text: string): boolean {
  return text.length >= 16 && TOKEN_START.test(text);
}

/** Whether an argument of a backend would contain a secret. */
export function isSecretBackendArgument(name: string): boolean {
  return SECRET_BACKEND_ARGUMENT.test(name);
}
