/** What this process knows about the Spaces of the account. */
import { ManagedIds } from "../managed-ids";
import { PlannedNames } from "../planned-names";

export class KnownSpaces {
  readonly managed = new ManagedIds();
  readonly planned = new PlannedNames();
}
