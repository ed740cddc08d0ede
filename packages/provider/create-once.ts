/** Creates an object once, even if the response to the create request is lost. */
import { Problem } from "../diagnostics";

/** How to create one kind of object, and how to look it up. */
export interface CreateOnce<T> {
  create(): Promise<T>;
  /** Called before the lookup. */
  onLostResponse?(): void;
  /** The object that the lost request created; undefined if it does not exist. */
  lookUp(): Promise<T | undefined>;
  /** Whether a second create is safe after a lookup that found nothing. If not, the failure of the first create is thrown. */
  mayRetry(failure: unknown): boolean;
}

/** @throws Problem of `create`, unless it is unknown whether the remote system executed the request */
export async function createOnce<T>(options: CreateOnce<T>): Promise<T> {
  try {
    return await options.create();
  } catch (failure) {
    if (!(failure instanceof Problem) || failure.execution !== "unknown") throw failure;
    options.onLostResponse?.();
    const existing = await options.lookUp();
    if (existing !== undefined) return existing;
    if (!options.mayRetry(failure)) throw failure;
    return options.create();
  }
}
