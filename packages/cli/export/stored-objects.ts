/** The managed objects of a state, as the engine stores them (format 4), with what a move needs. Only named attributes leave this file. */

/** What import IDs are made of, and what an import cannot change. None of it is a secret. */
const NAMED = ["id", "workspace", "owner", "project", "repository", "uuid", "webhook_id", "title", "name", "is_default"] as const;

export interface StoredObject {
  /** `<type>.<name>`, without the key of an instance. */
  readonly address: string;
  readonly type: string;
  readonly name: string;
  /** Whether it is one of several under the same address, made by `for_each` or `count`. */
  readonly isIndexed: boolean;
  /** Source address of its provider. */
  readonly source: string;
  /** Alias of its provider block; undefined for the default one. */
  readonly alias: string | undefined;
  readonly attributes: Readonly<Partial<Record<(typeof NAMED)[number], string>>>;
}

interface StoredResource {
  readonly mode?: string;
  readonly module?: string;
  readonly type?: string;
  readonly name?: string;
  readonly provider?: string;
  readonly instances?: readonly {
    readonly index_key?: string | number;
    readonly deposed?: string;
    readonly attributes?: Readonly<Record<string, unknown>>;
  }[];
}

/** Those in modules belong to whoever wrote the module. Undefined if the text is not a state. */
export function storedObjects(text: string): readonly StoredObject[] | undefined {
  let state: { readonly version?: unknown; readonly resources?: unknown } | null;
  try {
    state = JSON.parse(text) as typeof state;
  } catch {
    return undefined;
  }
  if (state?.version !== 4 || !Array.isArray(state.resources)) return undefined;
  return (state.resources as readonly StoredResource[])
    .filter(({ mode, module }) => mode === "managed" && module === undefined)
    .flatMap(({ type = "", name = "", provider = "", instances = [] }) => {
      const [, source = "", alias] = /^provider\["([^"]+)"\](?:\.(.+))?$/.exec(provider) ?? [];
      return instances
        .filter(({ deposed }) => deposed === undefined)
        .map(({ index_key: key, attributes = {} }) => ({
          address: `${type}.${name}`,
          type,
          name,
          isIndexed: key !== undefined,
          source,
          alias,
          attributes: named(attributes),
        }));
    });
}

function named(attributes: Readonly<Record<string, unknown>>): StoredObject["attributes"] {
  const texts = NAMED.flatMap((name) => {
    const value = attributes[name];
    return ["string", "number", "boolean"].includes(typeof value) ? [[name, String(value)] as const] : [];
  });
  return Object.fromEntries(texts);
}
