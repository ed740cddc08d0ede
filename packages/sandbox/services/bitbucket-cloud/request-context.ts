// One request in progress: its caller, and the objects it addresses if the caller may use them.
import { includesLevel, type Level } from "../../core/access-level";
import { EarlyResponse } from "../../core/early-response";
import { type JsonObject, parseJsonObject } from "../../core/json-body";
import type { SandboxRequest } from "../../core/service";
import { type Credential, findMissingScopes } from "./credentials";
import { errors } from "./errors";
import { findAccessLevel, canSeeWorkspace, ownsWorkspace } from "./permissions";
import type { Scopes } from "./scopes";
import type { State } from "./state";
import type { Repository, Workspace } from "./store";

export class RequestContext {
  constructor(
    readonly request: SandboxRequest,
    readonly caller: Credential | undefined,
    readonly state: State,
  ) {}

  get apiUrl(): string {
    return `${this.state.origin()}/2.0`;
  }

  param(name: string): string {
    return this.request.params[name] ?? "";
  }

  /** @throws EarlyResponse 404 if the repository does not exist or is not visible, 403 if the caller lacks `required`, 301 if the switch says so */
  requireRepository(required: Level): Repository {
    const [workspace, slug] = [this.param("workspace"), this.param("repository")];
    const repository = this.state.store.repository(workspace, slug);
    if (repository === undefined) this.#redirectIfRenamed(workspace, slug);
    const level = repository === undefined ? undefined : findAccessLevel(this.caller, repository);
    if (repository === undefined || level === undefined) throw new EarlyResponse(errors.repositoryNotFound());
    if (includesLevel(level, required)) return repository;
    throw new EarlyResponse(this.caller === undefined ? errors.loginRequired() : errors.notAdmin());
  }

  /** For a repository that the caller can see. @throws EarlyResponse 403 */
  requireLevel(repository: Repository, required: Level): void {
    if (!includesLevel(findAccessLevel(this.caller, repository), required)) throw new EarlyResponse(errors.notAdmin());
  }

  /** @throws EarlyResponse 404 or 403 */
  requireWorkspace(required: "visible" | "existing" | "owned"): Workspace {
    const workspace = this.state.store.workspace(this.param("workspace"));
    if (workspace === undefined || (required !== "existing" && !canSeeWorkspace(this.caller, workspace))) {
      throw new EarlyResponse(errors.workspaceNotFound(this.param("workspace")));
    }
    if (required === "owned" && !ownsWorkspace(this.caller, workspace)) throw new EarlyResponse(errors.notAdmin());
    return workspace;
  }

  /** @throws EarlyResponse 403 that lists the required and the granted scopes */
  requireScopes(scopes: Scopes): void {
    const missing = this.caller === undefined ? undefined : findMissingScopes(this.caller, scopes);
    if (missing !== undefined) throw new EarlyResponse(errors.missingScopes(missing, this.caller?.scopes ?? []));
  }

  /** @throws EarlyResponse 400 */
  jsonObject(): JsonObject {
    const body = parseJsonObject(this.request);
    if (body === undefined) throw new EarlyResponse(errors.invalidBody());
    return body;
  }

  #redirectIfRenamed(workspace: string, slug: string): void {
    if (this.state.switches["old-slug"] === "not-found") return;
    const renamed = this.state.store.formerRepository(workspace, slug);
    if (renamed === undefined || findAccessLevel(this.caller, renamed) === undefined) return;
    const rest = this.request.path.split("/").slice(5).join("/");
    const url = `${this.apiUrl}/repositories/${renamed.workspace.slug}/${renamed.slug}`;
    throw new EarlyResponse({ status: 301, headers: { location: rest === "" ? url : `${url}/${rest}` } });
  }
}
