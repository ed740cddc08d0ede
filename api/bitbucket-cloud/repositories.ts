/** Repositories of Bitbucket Cloud. */

export interface CloudRepository {
  /** In braces, lower case. */
  readonly uuid: string;
  readonly workspace: string;
  readonly slug: string;
  readonly name: string;
  readonly projectKey: string | null;
  readonly mainBranch: string | null;
}

export interface RepositoryFilter {
  /** Bitbucket's filter language. */
  readonly query?: string | null;
  readonly role?: string | null;
}

export declare class Repositories {
  /** Survives renames and moves; null when gone or invisible. */
  byUuid(uuid: string): Promise<CloudRepository | null>;
  byName(workspace: string, repository: string): Promise<CloudRepository | null>;
  list(workspace: string, filter?: RepositoryFilter): Promise<readonly CloudRepository[]>;
}
