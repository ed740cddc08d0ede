// What Spacelift reads from either Bitbucket product with the credential of an integration.

/** A credential for reading code: a token or a password, and its user. */
export interface ReaderCredential {
  /** For an API token of Bitbucket Cloud. */
  readonly email: string | null;
  readonly username: string | null;
  readonly credential: string;
}

export interface ReadableRepository {
  /** A workspace's slug, or a project's key. */
  readonly namespace: string;
  readonly repository: string;
  readonly branches: readonly string[];
}

export interface CodeHost {
  /** The reason why the credential cannot read code; undefined if it can. */
  checkCredential(reader: ReaderCredential): string | undefined;
  /** The repositories that the credential can read. */
  listReadable(reader: ReaderCredential): readonly ReadableRepository[];
}
