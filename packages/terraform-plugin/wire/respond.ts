/** Wraps methods so that a failure becomes a diagnostic in the response, never a gRPC error. */
import { diagnosticMessages, invalidRequest } from "./diagnostic-message";
import type { Diagnostic } from "./generated/tfplugin6";

/**
 * A method whose request may be invalid: bytes that do not match the schema, or a type that does not exist. `failure` returns the response
 * in that case.
 */
export function respond<Request, Response>(
  failure: (diagnostics: Diagnostic[], request: Request) => Response,
  method: (request: Request) => Promise<Response>,
): (request: Request) => Promise<Response> {
  return async (request) => {
    try {
      return await method(request);
    } catch (thrown) {
      return failure(diagnosticMessages([invalidRequest(thrown)]), request);
    }
  };
}

/** A synchronous method, whose request is always valid. */
export function respondNow<Request, Response>(method: (request: Request) => Response): (request: Request) => Promise<Response> {
  return (request) => Promise.resolve(method(request));
}

/** The response of methods that return only diagnostics. */
export function onlyDiagnostics(diagnostics: Diagnostic[]): { diagnostics: Diagnostic[] } {
  return { diagnostics };
}
