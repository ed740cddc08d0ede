// What Spacelift asks either product of Bitbucket with an integration's credential.

/** What somebody holds who reads code: a token or a password, and on whose behalf. */
export interface ReaderCredential {
  /** Of an API token of Bitbucket Cloud. */
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
  /** What is wrong with a credential for reading code; undefined when nothing is. */
  checkCredential(reader: ReaderCredential): string | undefined;
  /** What the credential can read. */
  listReadable(reader: ReaderCredential): readonly ReadableRepository[];
}
