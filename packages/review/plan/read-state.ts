/** What a plan says about the state before it. */
import { list, type StateModuleDocument } from "./plan-document";
import type { KnownConsumer, PlanModel, StateObject, Values } from "./plan-model";
import { ownValues } from "./published-attributes";
import { hideSensitive } from "./redaction";
import { kindInState } from "./resource-kinds";
import { textOf } from "./values";

type State = Pick<PlanModel, "state" | "consumers" | "stateCounts">;

/** @param isDeleted Whether the plan deletes what is at an address: a stack that goes away loses nothing. */
export function readState(part: string, module: StateModuleDocument | undefined, isDeleted: (address: string) => boolean): State {
  const state: StateObject[] = [];
  const consumers: KnownConsumer[] = [];
  const stateCounts = new Map<string, number>();
  const read = (current: StateModuleDocument | undefined): void => {
    for (const { address = "", mode, type = "", values = {}, sensitive_values: sensitive } of list(current?.resources)) {
      const isData = mode === "data";
      if (!isData) stateCounts.set(type, (stateCounts.get(type) ?? 0) + 1);
      if (isObject(type)) state.push({ part, address, type, isData, values: ownValues(type, values, sensitive) });
      const kind = isData ? undefined : CONSUMERS[type];
      if (kind !== undefined && !isDeleted(address)) consumers.push(...consumersIn(kind, hideSensitive(values, sensitive) as Values));
    }
    for (const child of list(current?.child_modules)) read(child);
  };
  read(module);
  return { state, consumers, stateCounts };
}

function isObject(type: string): boolean {
  return type.startsWith("bitlift_") || kindInState(type) !== undefined;
}

const CONSUMERS: Readonly<Record<string, KnownConsumer["kind"]>> = { spacelift_stack: "stack", spacelift_module: "module" };
const BLOCKS = { cloud: "bitbucket_cloud", datacenter: "bitbucket_datacenter" } as const;

/** A stack has at most one block that names its source. */
function consumersIn(kind: KnownConsumer["kind"], values: Values): readonly KnownConsumer[] {
  const id = textOf(values, "id");
  const repository = textOf(values, "repository");
  if (id === undefined || repository === undefined) return [];
  return (["cloud", "datacenter"] as const).flatMap((product) => {
    const [block] = list(values[BLOCKS[product]] as readonly Values[] | undefined);
    if (block === undefined) return [];
    return {
      kind,
      id,
      name: textOf(values, "name") ?? id,
      product,
      integrationId: textOf(block, "id") ?? "",
      spaceId: textOf(values, "space_id") ?? null,
      namespace: textOf(block, "namespace") ?? null,
      repository,
    };
  });
}
