// What nobody outside Spacelift knows for certain, as named switches: the first value of each is the default.
import { createSwitchSet } from "../../core/switch-set";

const SWITCHES = createSwitchSet("Spacelift", {
  choices: {
    /** What a key without admin gets for an integration's details. */
    hidden: ["unauthorized", "null-object", "null-fields"],
    /** What a detail query and a mutation answer for an id that does not exist. */
    absent: ["null", "not-found"],
    /** Where the V2 inputs of Bitbucket Cloud take name, Space and the rest; absent: an older server without the V2 mutations. */
    "v2-input": ["nested", "flat", "absent"],
    /** How the flat V2 inputs spell the Space. */
    "space-field": ["spaceID", "space", "spaceId"],
    /** Names of the input types: as published, or others, for clients that must not hard-code them. */
    "type-names": ["published", "renamed"],
    /** Whether a default integration's webhook address carries its slug. */
    "default-url": ["slug", "account"],
    "labels-null": ["clears", "keeps"],
    "description-empty": ["clears", "keeps"],
    /** An update of a Data Center integration with an empty token, which the published provider sends when it has none. */
    "empty-token": ["replaces", "keeps"],
    /** Who may create, update and delete a Space-level integration: admins of its Space, or root admins only. */
    "space-admin": ["allowed", "root-only"],
    /** Deliveries of Bitbucket Cloud without a signature; those of Data Center are always refused. */
    unsigned: ["refuse", "accept"],
    /** Fields that older servers lack. */
    "email-field": ["present", "absent"],
    "webhook-secret-field": ["present", "absent"],
    "use-git-checkout-field": ["present", "absent"],
    "viewer-admin-field": ["present", "absent"],
    "vcs-detached-field": ["present", "absent"],
    /** The mutation that makes a new webhook secret. */
    regenerate: ["present", "absent"],
    /** The V1 mutations of Bitbucket Cloud (user name and app password). */
    "v1-mutations": ["present", "absent"],
    /** Whether the schema can be asked for without a token, with one, or not at all. */
    introspection: ["open", "authenticated", "off"],
  },
  numbers: {
    /** Seconds that a token of a key is valid. */
    "token-lifetime": { default: 3600, least: 1 },
  },
  texts: {},
});

export type Switches = ReturnType<typeof SWITCHES.defaults>;

export const defaultSwitches = SWITCHES.defaults;
export const setSwitches = SWITCHES.set;
