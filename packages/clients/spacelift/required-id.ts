/** The id of every request about one object must not be empty. */
import { problem } from "../../domain";

/** @throws Problem `value-missing`. For an empty id, Spacelift would use a different object, or none. */
export function requireId(id: string, object: string): void {
  if (id !== "") return;
  throw problem("value-missing", {
    why: `The ID of ${object} is empty. Spacelift would use a different object instead.`,
    fix: "Use the ID that Spacelift shows.",
  });
}
