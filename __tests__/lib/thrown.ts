/** What a program throws, as tests compare it. */
import { Problem } from "../../lib";

/** The code and the message of an error. Without an error, both are undefined; an error of another library has no code. */
export function thrownBy(program: () => unknown): { readonly code?: string; readonly message?: string } {
  try {
    program();
    return {};
  } catch (thrown) {
    const { message } = thrown as Error;
    return thrown instanceof Problem ? { code: thrown.diagnostic.code, message } : { message };
  }
}
