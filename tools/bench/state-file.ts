/** Writes state files directly: applying thousands of objects through an engine takes minutes, and a plan does not care how they got there. */

/** One object in the engine's state. */
export interface StateObject {
  readonly type: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly private?: string;
  readonly dependencies?: readonly string[];
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
    readonly private?: string;
    readonly dependencies?: readonly string[];
  }[];
}

/** A state file, in the only version that engines write today. */
export interface StateFile {
  readonly version: 4;
  readonly terraform_version: string;
  readonly serial: number;
  readonly lineage: string;
  readonly outputs: Readonly<Record<string, never>>;
  readonly resources: readonly StateResource[];
  readonly check_results?: null;
}

/** The one object of that type and name in a state. */
export function objectIn(state: StateFile, type: string, name: string): StateObject {
  const instance = state.resources.find((resource) => resource.type === type && resource.name === name)?.instances[0];
  if (instance === undefined) throw new Error(`The state has no ${type}.${name}.`);
  const { attributes, private: kept, dependencies } = instance;
  return { type, name, attributes, ...(kept !== undefined && { private: kept }), ...(dependencies !== undefined && { dependencies }) };
}

/** The state with more objects of one provider. */
export function withObjects(state: StateFile, provider: string, objects: readonly StateObject[]): StateFile {
  const resources = objects.map(({ type, name, attributes, private: kept, dependencies }) => ({
    mode: "managed",
    type,
    name,
    provider: `provider["${provider}"]`,
    instances: [
      {
        schema_version: 0,
        attributes,
        sensitive_attributes: [],
        ...(kept !== undefined && { private: kept }),
        ...(dependencies !== undefined && { dependencies }),
      },
    ],
  }));
  return { ...state, serial: state.serial + 1, resources: [...state.resources, ...resources] };
}

/** A state with nothing in it. */
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
