// Matching of methods and paths with route patterns: ":name" takes one non-empty segment, a last "*name" the rest.
import type { Route } from "./service";

interface Compiled {
  readonly route: Route;
  readonly segments: readonly string[];
  readonly rest: string | undefined;
}

export interface Match {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** Routes are tried in the order in which they are given. */
export function compileRoutes(routes: readonly Route[]): (method: string, path: string) => Match | undefined {
  const byMethod = new Map<string, Compiled[]>();
  for (const route of routes) {
    const segments = route.pattern.split("/").slice(1);
    const last = segments.at(-1);
    const rest = last?.startsWith("*") ? last.slice(1) : undefined;
    const compiled = { route, segments: rest === undefined ? segments : segments.slice(0, -1), rest };
    byMethod.set(route.method, [...(byMethod.get(route.method) ?? []), compiled]);
  }
  return (method, path) => {
    const candidates = byMethod.get(method);
    if (candidates === undefined) return undefined;
    const segments = path.split("/").slice(1);
    for (const candidate of candidates) {
      const params = match(candidate, segments);
      if (params !== undefined) return { route: candidate.route, params };
    }
    return undefined;
  };
}

function match({ segments, rest }: Compiled, path: readonly string[]): Record<string, string> | undefined {
  if (rest === undefined ? path.length !== segments.length : path.length < segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, expected] of segments.entries()) {
    const segment = path[index] ?? "";
    if (!expected.startsWith(":")) {
      if (segment !== expected) return undefined;
      continue;
    }
    const value = decode(segment);
    if (value === undefined || value === "") return undefined;
    params[expected.slice(1)] = value;
  }
  if (rest !== undefined) {
    const value = decode(path.slice(segments.length).join("/"));
    if (value === undefined) return undefined;
    params[rest] = value;
  }
  return params;
}

function decode(segment: string): string | undefined {
  if (!segment.includes("%")) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
