/** Attaches an error from a remote system to the argument that caused it: the clients do not know the provider's arguments. */
import { Problem } from "../diagnostics";

/** @param arguments_ the argument to name, by the code of the failure */
export async function withAttributePath<T>(arguments_: Readonly<Record<string, string>>, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (failure) {
    if (!(failure instanceof Problem) || failure.diagnostic.at.length > 0) throw failure;
    const argument = arguments_[failure.diagnostic.code];
    if (argument === undefined) throw failure;
    const { kind, execution, status } = failure;
    const details = { ...(kind && { kind }), ...(execution && { execution }), ...(status && { status }), cause: failure };
    throw new Problem({ ...failure.diagnostic, at: [argument] }, details);
  }
}
