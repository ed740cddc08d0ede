// Ends a REST request with an answer, from wherever the operation stands.
import type { SandboxResponse } from "./service";

export class EarlyResponse extends Error {
  constructor(readonly response: SandboxResponse) {
    super(`answered ${response.status}`);
  }
}
