/** Another backing for the whole file than the one that it names, for moving its objects between the two. */
import type { Backing } from "../domain";
import type { FileDraft } from "./draft";

/** Changes the values that were read: copies of them would have no places. */
export function forceBacking({ main, integrations }: FileDraft, backing: Backing): void {
  Object.assign(main, { backing });
  for (const { value } of integrations.values()) if (value.backing !== undefined) Object.assign(value, { backing });
}
