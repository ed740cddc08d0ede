// Access tokens of users, projects and repositories. Only the response that creates a token contains the token itself.
import { EarlyResponse } from "../../core/early-response";
import type { SandboxResponse } from "../../core/service";
import { type Token, TOKEN_PERMISSIONS, type TokenOwner, type TokenPermission } from "./credentials";
import { errors, type FieldError } from "./errors";
import type { Operation } from "./operation";
import { paginate } from "./pagination";
import type { RequestContext } from "./request-context";
import { serializeUser } from "./serializers";
import { SINCE } from "./version";

const DAY = 24 * 60 * 60 * 1000;

type FindOwner = (context: RequestContext) => TokenOwner;

const findRepository: FindOwner = (context) => ({ type: "repository", repository: context.requireRepository("admin") });
const findProject: FindOwner = (context) => ({ type: "project", project: context.requireProject("admin") });

export const tokenOperations: readonly Operation[] = [
  ...createOperations("/projects/:project/repos/:repository", "Repository", SINCE.ownedTokens, findRepository),
  ...createOperations("/projects/:project", "Project", SINCE.ownedTokens, findProject),
  ...createOperations("/users/:user", "User", SINCE.personalTokens, findUser),
];

function createOperations(
  path: string,
  ownerType: "Repository" | "Project" | "User",
  since: string,
  findOwner: FindOwner,
): readonly Operation[] {
  const define = (
    method: Operation["method"],
    suffix: "" | "/:token",
    operation: string,
    handle: (context: RequestContext, owner: TokenOwner) => SandboxResponse,
  ): Operation => ({
    method,
    api: "access-tokens",
    path: `${path}${suffix}`,
    operation,
    caller: "login",
    since,
    handle: (context) => handle(context, findOwner(context)),
  });
  return [
    define("GET", "", `list${ownerType}Tokens`, list),
    define("PUT", "", `create${ownerType}Token`, create),
    define("GET", "/:token", `get${ownerType}Token`, get),
    define("POST", "/:token", `update${ownerType}Token`, update),
    define("DELETE", "/:token", `delete${ownerType}Token`, revoke),
  ];
}

/** Users manage their own tokens, and administrators those of any user. */
function findUser(context: RequestContext): TokenOwner {
  const name = context.param("user");
  const user = context.state.credentials.findAccount(name);
  if (user === undefined) throw new EarlyResponse(errors.entityNotFound(`User ${name} does not exist.`));
  const caller = context.caller?.owner;
  if (caller?.type !== "user" || (caller.user !== user && caller.user.global !== "ADMIN")) throw new EarlyResponse(context.notPermitted());
  return { type: "user", user };
}

function list(context: RequestContext, owner: TokenOwner): SandboxResponse {
  return paginate(context.request, tokensOf(context, owner), (token) => serializeToken(context, token), context.state.switches);
}

function create(context: RequestContext, owner: TokenOwner): SandboxResponse {
  const { days, name, permissions } = parseTokenInput(context, owner);
  const createdDate = context.state.clock.now();
  const expires = days === undefined ? undefined : createdDate + days * DAY;
  const token = context.state.credentials.issueToken({ name, permissions, owner, createdDate, expires });
  return { status: 200, body: { ...serializeToken(context, token), token: token.token } };
}

function get(context: RequestContext, owner: TokenOwner): SandboxResponse {
  return { status: 200, body: serializeToken(context, requireToken(context, owner)) };
}

function update(context: RequestContext, owner: TokenOwner): SandboxResponse {
  const token = requireToken(context, owner);
  const { name, permissions } = parseTokenInput(context, owner, token);
  token.name = name;
  token.permissions = permissions;
  return { status: 200, body: serializeToken(context, token) };
}

function revoke(context: RequestContext, owner: TokenOwner): SandboxResponse {
  context.state.credentials.revokeToken(requireToken(context, owner));
  return { status: 204 };
}

interface TokenInput {
  readonly name: string;
  readonly permissions: readonly TokenPermission[];
  readonly days: number | undefined;
}

/** Wordings are assumed. @param stored the token that is updated @throws EarlyResponse 400 */
function parseTokenInput(context: RequestContext, owner: TokenOwner, stored?: Token): TokenInput {
  const { name = stored?.name, permissions = stored?.permissions, expiryDays } = context.jsonObject();
  const fieldErrors: FieldError[] = [];
  const given: readonly unknown[] = Array.isArray(permissions) ? permissions : [];
  const allowed = TOKEN_PERMISSIONS.filter((permission) => owner.type !== "repository" || permission.startsWith("REPO"));
  const known = allowed.filter((permission) => given.includes(permission));
  if (typeof name !== "string" || name.trim() === "") fieldErrors.push({ context: "name", message: "A token needs a name." });
  if (known.length === 0 || known.length < new Set(given).size) {
    fieldErrors.push({ context: "permissions", message: `Permissions are some of ${allowed.join(", ")}.` });
  }
  const days = expiryDays ?? undefined;
  if (days !== undefined && !(typeof days === "number" && Number.isInteger(days) && days > 0)) {
    fieldErrors.push({ context: "expiryDays", message: "expiryDays is a whole number above 0." });
  }
  if (fieldErrors.length > 0) throw new EarlyResponse(errors.invalid(...fieldErrors));
  return { name: String(name), permissions: known, days: typeof days === "number" ? days : undefined };
}

function tokensOf(context: RequestContext, owner: TokenOwner): readonly Token[] {
  return context.state.credentials.tokens.filter((token) => getOwnerObject(token.owner) === getOwnerObject(owner));
}

function getOwnerObject(owner: TokenOwner): unknown {
  return owner.type === "user" ? owner.user : owner.type === "project" ? owner.project : owner.repository;
}

function requireToken(context: RequestContext, owner: TokenOwner): Token {
  const id = context.param("token");
  const token = tokensOf(context, owner).find((candidate) => candidate.id === id);
  if (token === undefined) throw new EarlyResponse(errors.entityNotFound(`An access token with the ID ${id} does not exist.`));
  return token;
}

function serializeToken(context: RequestContext, { id, name, permissions, createdDate, expires, owner }: Token) {
  return {
    id,
    createdDate,
    name,
    permissions,
    expiryDate: expires,
    user: owner.type === "user" ? serializeUser(context.serializerContext, owner.user) : undefined,
  };
}
