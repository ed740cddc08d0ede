/** Rules: there is one backend, and several parts do not share one state. */
import type { FileDraft } from "../draft";
import { fault, type Remark } from "../finding";
import { listed, shown } from "../quoting";

export const PART_PLACEHOLDER = "{part}";

export function* state({ main, spaces, integrations }: FileDraft): Generator<Remark> {
  const backend = main.state?.backend;
  if (backend === undefined || main.state === undefined) return;
  const types = Object.keys(backend);
  const at = { holder: main.state, key: "backend", part: "key" } as const;
  if (types.length !== 1) {
    const found = types.length === 0 ? "names no backend" : `names several backends: ${listed(types)}`;
    yield fault("value-not-allowed", at, `"state.backend" ${found}. Write one, such as backend: { s3: { … } }.`);
    return;
  }
  for (const argumentsOfBackend of Object.values(backend)) if (argumentsOfBackend !== undefined) yield* templates(argumentsOfBackend);
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

const TEMPLATE = /[$%]\{/;

/** Terraform takes the arguments of a backend as they are, and OpenTofu evaluates them, so that no escape is right for both. */
function* templates(holder: object): Generator<Remark> {
  for (const [key, value] of Object.entries(holder) as [string, unknown][]) {
    if (typeof value === "object" && value !== null) yield* templates(value);
    const place = Array.isArray(holder) ? { holder, key: Number(key) } : { holder, key };
    const at = TEMPLATE.test(key) ? ({ ...place, part: "key" } as const) : place;
    const text = TEMPLATE.test(key) ? key : value;
    if (typeof text !== "string" || !TEMPLATE.test(text)) continue;
    yield fault(
      "value-not-allowed",
      at,
      `${shown(text)} contains \${ or %{, which Terraform and OpenTofu read differently in a backend. Write the value itself.`,
    );
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
