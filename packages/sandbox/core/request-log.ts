// The request log: bounded, cheap to write, and redacted when it is read.
import { createHash } from "node:crypto";

/** A request as it is recorded. Parsing and hashing wait until the log is read. */
export interface RawEntry {
  readonly time: number;
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  /** 0 if the connection was closed without a response. */
  readonly status: number;
  readonly durationMs: number;
  readonly marks: readonly string[];
}

/** An entry as it is read: every secret is replaced by `sha256:` and 16 hex digits; null and "" stay visible. */
export interface LogEntry {
  readonly time: string;
  readonly service: string;
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>> | undefined;
  readonly status: number;
  readonly durationMs: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly marks: readonly string[];
}

const MAX_ENTRIES = 10_000;
const MAX_BYTES = 32 * 1024 * 1024;

/** Compared without case, `-` and `_`, so that client_secret and clientSecret are the same name. */
const SECRET_NAMES = new Set([
  "secret",
  "apitoken",
  "accesstoken",
  "refreshtoken",
  "apppassword",
  "jwt",
  "token",
  "webhooksecret",
  "clientsecret",
  "password",
  "authorization",
  "proxyauthorization",
  "cookie",
  "setcookie",
  "apikeysecret",
  "privatekey",
]);

export function isSecretName(name: string): boolean {
  return SECRET_NAMES.has(name.toLowerCase().replace(/[-_]/g, ""));
}

/** The only form in which the control path shows a secret. */
export function fingerprint(secret: string): string {
  return secret === "" ? "" : `sha256:${createHash("sha256").update(secret).digest("hex").slice(0, 16)}`;
}

/** Returns a copy without secrets. A GraphQL `query` can contain secrets as literals, so it is searched as well. */
export function redact(value: unknown, name = ""): unknown {
  if (isSecretName(name) && value !== null && value !== undefined && value !== "" && typeof value !== "boolean") {
    return fingerprint(typeof value === "string" ? value : JSON.stringify(value));
  }
  if (typeof value === "string") return name === "query" ? redactLiterals(value) : value;
  if (Array.isArray(value)) return value.map((item: unknown) => redact(item));
  if (typeof value === "object" && value !== null) {
    const secretVariables = "query" in value && typeof value.query === "string" ? findSecretVariables(value.query) : undefined;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]: [string, unknown]) => [
        key,
        redact(key === "variables" && secretVariables !== undefined ? redactVariables(inner, secretVariables) : inner, key),
      ]),
    );
  }
  return value;
}

/** The variables that a GraphQL document passes to arguments with secret names, whatever the variables are called. */
function findSecretVariables(document: string): ReadonlySet<string> {
  const passed = [...document.matchAll(/([_A-Za-z]\w*)\s*:\s*\$(\w+)/g)];
  return new Set(passed.flatMap(([, name = "", variable = ""]) => (isSecretName(name) ? [variable] : [])));
}

function redactVariables(values: unknown, secretVariables: ReadonlySet<string>): unknown {
  if (typeof values !== "object" || values === null || Array.isArray(values)) return values;
  return Object.fromEntries(
    Object.entries(values).map(([name, value]: [string, unknown]) => [
      name,
      // A variable with a secret name is redacted later in any case; hashing it here too would hash it twice.
      secretVariables.has(name) && !isSecretName(name) ? redact(value, "secret") : value,
    ]),
  );
}

function redactLiterals(text: string): string {
  return text.replace(
    /([_A-Za-z][_0-9A-Za-z]*)(\s*:\s*)(?:"""((?:[^"\\]|\\.|""?(?!"))+)"""|"((?:[^"\\]|\\.)+)")/gs,
    (whole, name: string, colon: string, block: string | undefined, literal: string | undefined) =>
      isSecretName(name) ? `${name}${colon}"${fingerprint(block ?? literal ?? "")}"` : whole,
  );
}

export class RequestLog {
  readonly #service: string;
  #entries: (RawEntry | undefined)[] = [];
  /** The index of the oldest stored entry. */
  #first = 0;
  #bytes = 0;

  constructor(service: string) {
    this.#service = service;
  }

  add(entry: RawEntry): void {
    this.#entries.push(entry);
    this.#bytes += entry.body.length;
    while (this.size > MAX_ENTRIES || (this.#bytes > MAX_BYTES && this.size > 1)) {
      this.#bytes -= this.#entries[this.#first]?.body.length ?? 0;
      this.#entries[this.#first++] = undefined;
    }
    if (this.#first >= MAX_ENTRIES) {
      this.#entries = this.#entries.slice(this.#first);
      this.#first = 0;
    }
  }

  get size(): number {
    return this.#entries.length - this.#first;
  }

  /** Oldest first. With an operation, only its requests; a GraphQL request with several root fields counts for each of them. */
  read(operation?: string): LogEntry[] {
    const entries: LogEntry[] = [];
    for (const entry of this.#entries.slice(this.#first)) {
      if (entry === undefined) continue;
      if (operation !== undefined && entry.operation !== operation && !entry.operation.split(",").includes(operation)) continue;
      entries.push(this.#show(entry));
    }
    return entries;
  }

  clear(): void {
    this.#entries = [];
    this.#first = 0;
    this.#bytes = 0;
  }

  #show(entry: RawEntry): LogEntry {
    const query = Object.fromEntries(new URLSearchParams(entry.query));
    return {
      time: new Date(entry.time).toISOString(),
      service: this.#service,
      operation: entry.operation,
      method: entry.method,
      path: entry.path,
      query: entry.query === "" ? undefined : (redact(query) as Record<string, string>),
      status: entry.status,
      durationMs: Math.round(entry.durationMs * 100) / 100,
      headers: redact(entry.headers) as Record<string, string>,
      body: parseBody(entry.body, entry.headers["content-type"] ?? ""),
      marks: entry.marks,
    };
  }
}

/** JSON and forms without their secrets. Any other content cannot be searched for secrets, so only its size is shown. */
function parseBody(body: Buffer, contentType: string): unknown {
  if (body.length === 0) return undefined;
  const text = body.toString("utf8");
  if (contentType.startsWith("application/x-www-form-urlencoded")) return redact(Object.fromEntries(new URLSearchParams(text)));
  try {
    return redact(JSON.parse(text));
  } catch {
    return { bytes: body.length };
  }
}
