// Access tokens of users, projects and repositories: making one shows it, and nothing shows it again.
import type { SandboxResponse } from "../../core/service";
import { EarlyResponse } from "../../core/early-response";
import { TOKEN_PERMISSIONS, type Token, type TokenOwner, type TokenPermission } from "./credentials";
import { type FieldError, errors } from "./errors";
import type { RequestContext, Operation } from "./operation";
import { paginate } from "./pagination";
import { SINCE } from "./version";
import { serializeUser } from "./serializers";

const DAY = 24 * 60 * 60 * 1000;

export const tokenOperations: readonly Operation[] = [
  ...createOperations("/projects/:project/repos/:repository", "Repository", SINCE.ownedTokens, (context) => {
    return { type: "repository", repository: context.requireRepository("admin") };
  }),
  ...createOperations("/projects/:project", "Project", SINCE.ownedTokens, (context) => ({
    type: "project",
    project: context.requireProject("admin"),
  })),
  ...createOperations("/users/:user", "User", SINCE.personalTokens, requireUser),
];

function createOperations(
  path: string,
  kind: string,
  since: string,
  ownerOf: (context: RequestContext) => TokenOwner,
): readonly Operation[] {
  const on = (method: Operation["method"], operation: string, below: string, handle: Operation["handle"]): Operation => ({
    method,
    api: "access-tokens",
    path: `${path}${below}`,
    operation,
    caller: "login",
    since,
    handle,
  });
  return [
    on("GET", `list${kind}Tokens`, "", (context) => {
      const owner = ownerOf(context);
      return paginate(context.request, listTokens(context, owner), (token) => serializeToken(context, token), context.state.switches);
    }),
    on("PUT", `create${kind}Token`, "", (context) => create(context, ownerOf(context))),
    on("GET", `get${kind}Token`, "/:token", (context) => ({
      status: 200,
      body: serializeToken(context, requireToken(context, ownerOf(context))),
    })),
    on("POST", `update${kind}Token`, "/:token", (context) => {
      const token = requireToken(context, ownerOf(context));
      const { name, permissions } = parseTokenInput(context, token.owner, token);
      token.name = name;
      token.permissions = permissions;
      return { status: 200, body: serializeToken(context, token) };
    }),
    on("DELETE", `delete${kind}Token`, "/:token", (context) => {
      context.state.credentials.revokeToken(requireToken(context, ownerOf(context)));
      return { status: 204 };
    }),
  ];
}

/** A user's own, or any as an administrator. */
function requireUser(context: RequestContext): TokenOwner {
  const user = context.state.credentials.account(context.param("user"));
  if (user === undefined) throw new EarlyResponse(errors.entityNotFound(`User ${context.param("user")} does not exist.`));
  const caller = context.caller?.owner;
  if (caller?.type !== "user" || (caller.user !== user && caller.user.global !== "ADMIN")) throw new EarlyResponse(context.notPermitted());
  return { type: "user", user };
}

function create(context: RequestContext, owner: TokenOwner): SandboxResponse {
  const { days, ...wish } = parseTokenInput(context, owner);
  const createdDate = context.state.clock.now();
  const expires = days === undefined ? undefined : createdDate + days * DAY;
  const token = context.state.credentials.issueToken({ ...wish, owner, createdDate, expires });
  return { status: 200, body: { ...serializeToken(context, token), token: token.token } };
}

/** Wordings assumed. @throws EarlyResponse 400 */
function parseTokenInput(
  context: RequestContext,
  owner: TokenOwner,
  before?: Token,
): Pick<Token, "name" | "permissions"> & { readonly days: number | undefined } {
  const { name = before?.name, permissions = before?.permissions, expiryDays } = context.jsonObject();
  const complaints: FieldError[] = [];
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

function listTokens(context: RequestContext, owner: TokenOwner): readonly Token[] {
  return context.state.credentials.tokens.filter(({ owner: other }) => ownerObject(other) === ownerObject(owner));
}

function ownerObject(owner: TokenOwner): unknown {
  return owner.type === "user" ? owner.user : owner.type === "project" ? owner.project : owner.repository;
}

function requireToken(context: RequestContext, owner: TokenOwner): Token {
  const id = context.param("token");
  const found = listTokens(context, owner).find((token) => token.id === id);
  if (found === undefined) throw new EarlyResponse(errors.entityNotFound(`An access token with the ID ${id} does not exist.`));
  return found;
}

function serializeToken(context: RequestContext, { id, name, permissions, createdDate, expires, owner }: Token) {
  return {
    id,
    createdDate,
    name,
    permissions,
    ...(expires === undefined ? {} : { expiryDate: expires }),
    ...(owner.type === "user" ? { user: serializeUser(context.serializerContext, owner.user) } : {}),
  };
}
