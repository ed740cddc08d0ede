/** Rules: there is one backend with usable arguments, and several parts do not share one state. */
import { backendFaults } from "../../domain";
import type { FileDraft } from "../draft";
import { fault, type Remark } from "../finding";
import { listed, sentences, shown } from "../quoting";

export const PART_PLACEHOLDER = "{part}";

export function* state({ main, spaces, integrations }: FileDraft): Generator<Remark> {
  const backend = main.state?.backend;
  if (backend === undefined || main.state === undefined) return;
  for (const [type, argumentsOfBackend] of Object.entries(backend))
    if (argumentsOfBackend !== undefined) yield* argumentsOf(type, argumentsOfBackend);
  const types = Object.keys(backend);
  const at = { holder: main.state, key: "backend", part: "key" } as const;
  if (types.length !== 1) {
    const found = types.length === 0 ? "names no backend" : `names several backends: ${listed(types)}`;
    yield fault("value-not-allowed", at, `"state.backend" ${found}. Write one, such as backend: { s3: { … } }.`);
    return;
  }
  const several = severalParts(main.parts, spaces.size > 0, integrations.size);
  const [type = ""] = types;
  if (several && !containsPlaceholder(backend[type])) {
    yield fault(
      "state-not-separate",
      { holder: backend, key: type },
      `the file has several parts, but no argument of the backend ${shown(type)} contains {part}, so that they would overwrite each other's state. Add it, such as key: "bitlift/{part}.tfstate".`,
    );
  }
}

function* argumentsOf(type: string, argumentsOfBackend: object): Generator<Remark> {
  for (const { code, holder, key, isInKey, ...cause } of backendFaults(type, argumentsOfBackend, shown)) {
    const at = { holder, key: Array.isArray(holder) ? Number(key) : key, part: isInKey ? "key" : "value" } as const;
    yield fault(code, at, sentences(cause));
  }
}

function severalParts(parts: unknown, hasSpaces: boolean, integrations: number): boolean {
  if (Array.isArray(parts)) return parts.length + (hasSpaces ? 1 : 0) > 1;
  return parts === "integration" && integrations + (hasSpaces ? 1 : 0) > 1;
}

function containsPlaceholder(value: unknown): boolean {
  if (typeof value === "string") return value.includes(PART_PLACEHOLDER);
  return typeof value === "object" && value !== null && Object.values(value).some(containsPlaceholder);
}
