// Matches methods and paths with route patterns: ":name" takes one non-empty segment, a final "*name" takes the rest.
import type { Route } from "./service";

interface CompiledRoute {
  readonly route: Route;
  readonly segments: readonly string[];
  readonly rest: string | undefined;
}

export interface Match {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** The returned function tries the routes in the given order. */
export function compileRoutes(routes: readonly Route[]): (method: string, path: string) => Match | undefined {
  const byMethod = new Map<string, CompiledRoute[]>();
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
      const params = matchSegments(candidate, segments);
      if (params !== undefined) return { route: candidate.route, params };
    }
    return undefined;
  };
}

function matchSegments({ segments, rest }: CompiledRoute, path: readonly string[]): Record<string, string> | undefined {
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
