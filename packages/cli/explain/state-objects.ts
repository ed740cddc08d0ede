/** The objects in a state, as the engine stores them (format 4). Only named attributes leave this file. */

export interface StateObject {
  readonly id: string | undefined;
  readonly webhookUrl: string | undefined;
  /** The ID that Bitbucket assigned to a webhook. */
  readonly webhookId: string | undefined;
  readonly active: boolean | undefined;
}

interface StoredResource {
  readonly mode?: string;
  readonly type?: string;
  readonly name?: string;
  readonly instances?: readonly {
    readonly index_key?: string | number;
    readonly deposed?: string;
    readonly attributes?: Readonly<Record<string, unknown>>;
  }[];
}

/** By address; those of a set with their key: `bitlift_….name["slug"]`. Undefined if the text is not a state. */
export function objectsInState(text: string): ReadonlyMap<string, StateObject> | undefined {
  let state: { readonly version?: unknown; readonly resources?: readonly StoredResource[] } | null;
  try {
    state = JSON.parse(text) as typeof state;
  } catch {
    return undefined;
  }
  if (state?.version !== 4 || !Array.isArray(state.resources)) return undefined;
  const entries = (state.resources as readonly StoredResource[]).flatMap(({ mode, type = "", name = "", instances = [] }) =>
    instances
      .filter(({ deposed }) => deposed === undefined)
      .map(({ index_key: key, attributes = {} }) => {
        const index = typeof key === "string" ? `[${JSON.stringify(key)}]` : "";
        return [`${mode === "data" ? "data." : ""}${type}.${name}${index}`, objectFrom(attributes)] as const;
      }),
  );
  return new Map(entries);
}

function objectFrom(attributes: Readonly<Record<string, unknown>>): StateObject {
  const text = (name: string) => (typeof attributes[name] === "string" ? attributes[name] : undefined);
  // A published provider has a number where that of Bitlift has a text.
  const number = (name: string) => (typeof attributes[name] === "number" ? String(attributes[name]) : undefined);
  return {
    id: text("id"),
    webhookUrl: text("webhook_url"),
    webhookId: text("uuid") ?? text("webhook_id") ?? number("webhook_id"),
    active: typeof attributes["active"] === "boolean" ? attributes["active"] : undefined,
  };
}
