// Ends a REST request with an answer, from wherever the operation stands.
import type { SandboxAnswer } from "./listen";

export class Refusal extends Error {
  constructor(readonly answer: SandboxAnswer) {
    super(`answered ${answer.status}`);
  }
}
