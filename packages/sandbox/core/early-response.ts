// Ends a REST request with a response, from any depth of the operation.
import type { SandboxResponse } from "./service";

export class EarlyResponse extends Error {
  readonly response: SandboxResponse;

  constructor(response: SandboxResponse) {
    super(`responded with ${response.status}`);
    this.response = response;
  }
}
