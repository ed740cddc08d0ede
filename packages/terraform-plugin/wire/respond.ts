/** Wraps methods so that a failure becomes a diagnostic in the response, never a gRPC error. */
import * as messages from "./diagnostic-message";
import type { Diagnostic as RaisedDiagnostic } from "../../diagnostics";
import type { Session } from "../server/session";
import type { Diagnostic } from "./generated/tfplugin6";

/** What the methods of a session use to respond, with the documentation that its provider declares. */
export function responsesOf({ provider }: Session) {
  const { codePage } = provider;
  const diagnosticMessages = (diagnostics: readonly RaisedDiagnostic[]) => messages.diagnosticMessages(diagnostics, codePage);

  /**
   * A method whose request may be invalid: bytes that do not match the schema, or a type that does not exist. `failure` returns the response
   * in that case.
   */
  function respond<Request, Response>(
    failure: (diagnostics: Diagnostic[], request: Request) => Response,
    method: (request: Request) => Promise<Response>,
  ): (request: Request) => Promise<Response> {
    return async (request) => {
      try {
        return await method(request);
      } catch (thrown) {
        return failure(diagnosticMessages([messages.invalidRequest(thrown)]), request);
      }
    };
  }

  return { diagnosticMessages, respond };
}

/** A synchronous method, whose request is always valid. */
export function respondNow<Request, Response>(method: (request: Request) => Response): (request: Request) => Promise<Response> {
  return (request) => Promise.resolve(method(request));
}

/** The response of methods that return only diagnostics. */
export function onlyDiagnostics(diagnostics: Diagnostic[]): { diagnostics: Diagnostic[] } {
  return { diagnostics };
}
