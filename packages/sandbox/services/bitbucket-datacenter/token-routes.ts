// Access tokens of users, projects and repositories: making one shows it, and nothing shows it again.
import type { SandboxResponse } from "../../core/service";
import { EarlyResponse } from "../../core/early-response";
import { TOKEN_PERMISSIONS, type Token, type TokenOwner, type TokenPermission } from "./credentials";
import { type Complaint, errors } from "./errors";
import type { Call, Operation } from "./operation";
import { page } from "./pages";
import { SINCE } from "./version";
import { userView } from "./views";

const DAY = 24 * 60 * 60 * 1000;

export const tokenOperations: readonly Operation[] = [
  ...operationsOn("/projects/:project/repos/:repository", "Repository", SINCE.ownedTokens, (call) => {
    return { type: "repository", repository: call.repository("admin") };
  }),
  ...operationsOn("/projects/:project", "Project", SINCE.ownedTokens, (call) => ({ type: "project", project: call.project("admin") })),
  ...operationsOn("/users/:user", "User", SINCE.personalTokens, userOf),
];

function operationsOn(path: string, kind: string, since: string, ownerOf: (call: Call) => TokenOwner): readonly Operation[] {
  const on = (method: Operation["method"], operation: string, below: string, handle: Operation["handle"]): Operation => ({
    method,
    part: "access-tokens",
    path: `${path}${below}`,
    operation,
    caller: "login",
    since,
    handle,
  });
  return [
    on("GET", `list${kind}Tokens`, "", (call) => {
      const owner = ownerOf(call);
      return page(call.request, tokensOf(call, owner), (token) => tokenView(call, token), call.state.switches);
    }),
    on("PUT", `create${kind}Token`, "", (call) => create(call, ownerOf(call))),
    on("GET", `get${kind}Token`, "/:token", (call) => ({ status: 200, body: tokenView(call, tokenOf(call, ownerOf(call))) })),
    on("POST", `update${kind}Token`, "/:token", (call) => {
      const token = tokenOf(call, ownerOf(call));
      const { name, permissions } = wishOf(call, token.owner, token);
      token.name = name;
      token.permissions = permissions;
      return { status: 200, body: tokenView(call, token) };
    }),
    on("DELETE", `delete${kind}Token`, "/:token", (call) => {
      call.state.credentials.revoke(tokenOf(call, ownerOf(call)));
      return { status: 204 };
    }),
  ];
}

/** A user's own, or any as an administrator. */
function userOf(call: Call): TokenOwner {
  const user = call.state.credentials.account(call.param("user"));
  if (user === undefined) throw new EarlyResponse(errors.noEntity(`User ${call.param("user")} does not exist.`));
  const caller = call.caller?.owner;
  if (caller?.type !== "user" || (caller.user !== user && caller.user.global !== "ADMIN")) throw new EarlyResponse(call.notPermitted());
  return { type: "user", user };
}

function create(call: Call, owner: TokenOwner): SandboxResponse {
  const { days, ...wish } = wishOf(call, owner);
  const createdDate = call.state.clock.now();
  const expires = days === undefined ? undefined : createdDate + days * DAY;
  const token = call.state.credentials.issue({ ...wish, owner, createdDate, expires });
  return { status: 200, body: { ...tokenView(call, token), token: token.token } };
}

/** Wordings assumed. @throws Refusal 400 */
function wishOf(
  call: Call,
  owner: TokenOwner,
  before?: Token,
): Pick<Token, "name" | "permissions"> & { readonly days: number | undefined } {
  const { name = before?.name, permissions = before?.permissions, expiryDays } = call.object();
  const complaints: Complaint[] = [];
  const given: readonly unknown[] = Array.isArray(permissions) ? permissions : [];
  const allowed: readonly TokenPermission[] = TOKEN_PERMISSIONS.filter((one) => owner.type !== "repository" || one.startsWith("REPO"));
  const known = allowed.filter((one) => given.includes(one));
  if (typeof name !== "string" || name.trim() === "") complaints.push({ context: "name", message: "A token needs a name." });
  if (known.length === 0 || known.length < new Set(given).size) {
    complaints.push({ context: "permissions", message: `Permissions are some of ${allowed.join(", ")}.` });
  }
  const days = expiryDays ?? undefined;
  if (days !== undefined && !(typeof days === "number" && Number.isInteger(days) && days > 0)) {
    complaints.push({ context: "expiryDays", message: "expiryDays is a whole number above 0." });
  }
  if (complaints.length > 0) throw new EarlyResponse(errors.invalid(...complaints));
  return { name: String(name), permissions: known, days: typeof days === "number" ? days : undefined };
}

function tokensOf(call: Call, owner: TokenOwner): readonly Token[] {
  return call.state.credentials.tokens.filter(({ owner: other }) => objectOf(other) === objectOf(owner));
}

function objectOf(owner: TokenOwner): unknown {
  return owner.type === "user" ? owner.user : owner.type === "project" ? owner.project : owner.repository;
}

function tokenOf(call: Call, owner: TokenOwner): Token {
  const id = call.param("token");
  const found = tokensOf(call, owner).find((token) => token.id === id);
  if (found === undefined) throw new EarlyResponse(errors.noEntity(`An access token with the ID ${id} does not exist.`));
  return found;
}

function tokenView(call: Call, { id, name, permissions, createdDate, expires, owner }: Token) {
  return {
    id,
    createdDate,
    name,
    permissions,
    ...(expires === undefined ? {} : { expiryDate: expires }),
    ...(owner.type === "user" ? { user: userView(call.seen, owner.user) } : {}),
  };
}
