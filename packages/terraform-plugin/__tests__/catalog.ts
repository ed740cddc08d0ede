/** The diagnostic codes that the providers in these tests raise. */
import { defineCatalog } from "../index";

export const { error, problem, warning } = defineCatalog({
  Tests: {
    "setting-invalid": "A setting is invalid",
    "name-ambiguous": "The name is not unique",
    "name-taken": "The name is taken",
    "request-rejected": "The request was rejected",
    "object-in-use": "The object is in use",
  },
});
