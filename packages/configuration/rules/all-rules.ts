/** Every rule between and about the values of the file. */
import type { FileDraft } from "../draft";
import type { Remark } from "../finding";
import { acceptances } from "./acceptances";
import { addresses } from "./addresses";
import { publishedObjects } from "./backing";
import { integrationsAndSpaces, spaceParents } from "./integrations";
import { logins } from "./logins";
import { parts } from "./parts";
import { previousKeys } from "./previous-keys";
import { existingObjects, products } from "./products";
import { references } from "./references";
import { repositoryForms } from "./repositories";
import { reservedKeys } from "./reserved-keys";
import { secrets } from "./secrets";
import { setKeys } from "./set-keys";
import { spacePaths } from "./space-paths";
import { state } from "./state";
import { texts } from "./texts";
import { unknownEvents } from "./unknown-events";
import { optionsOfProducts, webhooksOfIntegrations } from "./webhooks";

type Rule = (draft: FileDraft) => Iterable<Remark>;

/** Rules about one entry at a time. */
export const ENTRY_RULES: readonly Rule[] = [
  acceptances,
  addresses,
  existingObjects,
  logins,
  optionsOfProducts,
  products,
  publishedObjects,
  repositoryForms,
  reservedKeys,
  secrets,
  texts,
  unknownEvents,
];

/** Rules that need every entry of every file. */
export const WHOLE_RULES: readonly Rule[] = [
  integrationsAndSpaces,
  parts,
  previousKeys,
  references,
  setKeys,
  spaceParents,
  spacePaths,
  state,
  webhooksOfIntegrations,
];
