// One request in progress: its caller, and the objects it addresses if the caller may use them.
import { includesLevel, type Level } from "../../core/access-level";
import { EarlyResponse } from "../../core/early-response";
import { type JsonObject, parseJsonObject } from "../../core/json-body";
import type { SandboxRequest, SandboxResponse } from "../../core/service";
import type { Caller } from "./credentials";
import { errors } from "./errors";
import { findAccessLevel, canSeeProject, findProjectAccessLevel } from "./permissions";
import type { SerializerContext } from "./serializers";
import type { State } from "./state";
import type { Project, Repository } from "./store";

export class RequestContext {
  constructor(
    readonly request: SandboxRequest,
    readonly caller: Caller | undefined,
    readonly state: State,
  ) {}

  get serializerContext(): SerializerContext {
    return { baseUrl: this.state.base(), switches: this.state.switches };
  }

  /** `/users/ada/repos/x` addresses the same repository as `/projects/~ada/repos/x`. */
  get projectKey(): string {
    const user = this.param("user");
    return user === "" ? this.param("project") : `~${user}`;
  }

  param(name: string): string {
    return this.request.params[name] ?? "";
  }

  /** @throws EarlyResponse 404 if the project does not exist, 401 if the caller lacks `required` */
  requireProject(required: Level | "visible"): Project {
    const project = this.state.store.project(this.projectKey);
    if (project === undefined) throw new EarlyResponse(errors.projectNotFound(this.projectKey));
    const isAllowed =
      required === "visible" ? canSeeProject(this.caller, project) : includesLevel(findProjectAccessLevel(this.caller, project), required);
    if (!isAllowed) throw new EarlyResponse(this.notPermitted());
    return project;
  }

  /** @throws EarlyResponse 404 if the repository does not exist, 307 for a former address if the switch says so, 401 if the caller lacks `required` */
  requireRepository(required: Level): Repository {
    const [key, slug] = [this.projectKey, this.param("repository")];
    const repository = this.state.store.repository(key, slug);
    if (repository === undefined) {
      this.#redirectIfMoved(key, slug);
      const project = this.state.store.project(key);
      throw new EarlyResponse(project === undefined ? errors.projectNotFound(key) : errors.repositoryNotFound(project.key, slug));
    }
    if (!includesLevel(findAccessLevel(this.caller, repository), required)) throw new EarlyResponse(this.notPermitted());
    return repository;
  }

  notPermitted(): SandboxResponse {
    return this.caller === undefined ? errors.loginRequired(this.state.switches.version) : errors.notPermitted();
  }

  /** @throws EarlyResponse 400 */
  jsonObject(): JsonObject {
    const body = parseJsonObject(this.request);
    if (body === undefined) throw new EarlyResponse(errors.invalidBody());
    return body;
  }

  #redirectIfMoved(key: string, slug: string): void {
    if (this.state.switches.renamed === "not-found") return;
    const moved = this.state.store.formerRepository(key, slug);
    if (moved === undefined || findAccessLevel(this.caller, moved) === undefined) return;
    const { path, query } = this.request;
    const [before = ""] = /^.*?\/(?:projects|users)\/(?=[^/]+\/repos\/)/.exec(path) ?? [];
    const [after = ""] = /(?<=\/repos\/[^/]+)\/.*$/.exec(path.slice(before.length - 1)) ?? [];
    const search = query.toString();
    const newPath = `${before.replace(/users\/$/, "projects/")}${moved.project.key}/repos/${moved.slug}${after}`;
    const { origin } = new URL(this.state.base());
    throw new EarlyResponse({ status: 307, headers: { location: `${origin}${newPath}${search === "" ? "" : `?${search}`}` } });
  }
}
