// Partial responses: the parameter `fields` selects or drops fields. Added fields (`+x`) have no effect because the sandbox always returns all fields.

type Path = readonly string[];

/** `a,b.c` keeps only these fields, `-a` drops one, `*` matches every name. Paths apply to each item of a list. */
export function selectFields(body: unknown, fields: string): unknown {
  const entries = fields
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
  const only = entries.filter((entry) => !/^[+-]/.test(entry)).map(splitPath);
  const dropped = entries.filter((entry) => entry.startsWith("-")).map((entry) => splitPath(entry.slice(1)));
  const kept = only.length === 0 ? body : pick(body, only);
  return dropped.reduce<unknown>((value, path) => drop(value, path), kept);
}

function splitPath(entry: string): Path {
  return entry.split(".");
}

function pick(value: unknown, paths: readonly Path[]): unknown {
  if (paths.some((path) => path.length === 0)) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => pick(item, paths));
  if (typeof value !== "object" || value === null) return value;
  const picked = Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
    const below = paths.filter(([first]) => first === name || first === "*").map((path) => path.slice(1));
    return below.length === 0 ? [] : [[name, pick(inner, below)] as const];
  });
  return Object.fromEntries(picked);
}

function drop(value: unknown, path: Path): unknown {
  const [first, ...rest] = path;
  if (Array.isArray(value)) return value.map((item: unknown) => drop(item, path));
  if (typeof value !== "object" || value === null) return value;
  const remaining = Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
    if (first !== name && first !== "*") return [[name, inner] as const];
    return rest.length === 0 ? [] : [[name, drop(inner, rest)] as const];
  });
  return Object.fromEntries(remaining);
}
