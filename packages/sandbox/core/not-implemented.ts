// Paths that a product documents and the sandbox does not emulate: 501, with the file in which to implement them.
import type { Route, SandboxResponse } from "./service";

type Method = "GET" | "POST" | "PUT" | "DELETE";

export const ALL_METHODS: readonly Method[] = ["GET", "POST", "PUT", "DELETE"];

/** The file is relative to the service's folder. */
export type NotImplementedPath = readonly [path: string, methods: readonly Method[], file: string];

export interface NotImplementedOptions {
  readonly service: string;
  readonly prefixes: readonly string[];
  /** Wraps a message in the product's form of an error. */
  readonly body: (message: string) => unknown;
}

export function createNotImplementedRoutes(
  rows: readonly NotImplementedPath[],
  { service, prefixes, body }: NotImplementedOptions,
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
            `The sandbox does not emulate ${request.method} ${request.path}. Implement it in packages/sandbox/services/${service}/${file}.`,
          ),
        }),
      })),
    ),
  );
}
