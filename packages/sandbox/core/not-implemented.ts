// Paths that a remote system documents and the sandbox does not play: 501, with the file in which to play them.
import type { Route, SandboxResponse } from "./service";

type Method = "GET" | "POST" | "PUT" | "DELETE";

export const ALL_METHODS: readonly Method[] = ["GET", "POST", "PUT", "DELETE"];

/** Path, methods, and the file of the service's folder whose place it is. */
export type NotImplementedPath = readonly [path: string, methods: readonly Method[], file: string];

/** @param body makes the product's own form of an error of a text */
export function createNotImplementedRoutes(
  rows: readonly NotImplementedPath[],
  { service, prefixes, body }: { service: string; prefixes: readonly string[]; body: (message: string) => unknown },
): readonly Route[] {
  return rows.flatMap(([path, methods, file]) =>
    prefixes.flatMap((prefix) =>
      methods.map((method) => ({
        method,
        pattern: `${prefix}${path}`,
        operation: "notImplemented",
        handle: (request): SandboxResponse => ({
          status: 501,
          marks: ["notEmulated"],
          body: body(
            `The sandbox does not play ${request.method} ${request.path}. Its place is packages/sandbox/services/${service}/${file}.`,
          ),
        }),
      })),
    ),
  );
}
