/** Writes state files directly: applying thousands of objects takes minutes, and the resulting state gives the same plan. */

/** One object in the engine's state. */
export interface StateObject {
  readonly type: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly private?: string | undefined;
  readonly dependencies?: readonly string[] | undefined;
}

interface StateResource {
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly provider: string;
  readonly instances: readonly {
    readonly schema_version: number;
    readonly attributes: Readonly<Record<string, unknown>>;
    readonly sensitive_attributes?: readonly unknown[];
    readonly private?: string | undefined;
    readonly dependencies?: readonly string[] | undefined;
  }[];
}

/** A state file, in the only format version that current engines write. */
export interface StateFile {
  readonly version: 4;
  readonly terraform_version: string;
  readonly serial: number;
  readonly lineage: string;
  readonly outputs: Readonly<Record<string, never>>;
  readonly resources: readonly StateResource[];
  readonly check_results?: null;
}

/** The object with this type and name in a state. @throws if it does not exist */
export function objectIn(state: StateFile, type: string, name: string): StateObject {
  const instance = state.resources.find((resource) => resource.type === type && resource.name === name)?.instances[0];
  if (instance === undefined) throw new Error(`The state has no ${type}.${name}.`);
  const { attributes, private: privateState, dependencies } = instance;
  return { type, name, attributes, private: privateState, dependencies };
}

/** The state with additional objects of one provider. */
export function withObjects(state: StateFile, provider: string, objects: readonly StateObject[]): StateFile {
  const resources = objects.map(({ type, name, ...instance }) => ({
    mode: "managed",
    type,
    name,
    provider: `provider["${provider}"]`,
    instances: [{ schema_version: 0, sensitive_attributes: [], ...instance }],
  }));
  return { ...state, serial: state.serial + 1, resources: [...state.resources, ...resources] };
}

/** A state without resources. */
export function emptyState(engineVersion: string): StateFile {
  return {
    version: 4,
    terraform_version: engineVersion,
    serial: 1,
    lineage: "b17117be-0000-4000-8000-000000000001",
    outputs: {},
    resources: [],
    check_results: null,
  };
}
