/** Every rule between and about the values of the file. */
import type { FileDraft } from "../draft";
import type { Remark } from "../finding";
import { acceptances } from "./acceptances";
import { credentials } from "./credentials";
import { defaultIntegrations } from "./defaults";
import { duplicateRepositories } from "./duplicate-repositories";
import { events } from "./events";
import { hosts } from "./hosts";
import { duplicateNames } from "./names";
import { parts } from "./parts";
import { previousKeys } from "./previous-keys";
import { existingObjects, products } from "./products";
import { references } from "./references";
import { repositoryForms } from "./repositories";
import { reservedKeys } from "./reserved-keys";
import { secrets } from "./secrets";
import { spaceCycles } from "./space-cycles";
import { state } from "./state";
import { texts } from "./texts";

type Rule = (draft: FileDraft) => Iterable<Remark>;

/** Rules about one entry at a time. */
export const ENTRY_RULES: readonly Rule[] = [
  acceptances,
  credentials,
  events,
  existingObjects,
  hosts,
  products,
  repositoryForms,
  reservedKeys,
  secrets,
  texts,
];

/** Rules that need every entry of every file. */
export const WHOLE_RULES: readonly Rule[] = [
  defaultIntegrations,
  duplicateNames,
  duplicateRepositories,
  parts,
  previousKeys,
  references,
  spaceCycles,
  state,
];
