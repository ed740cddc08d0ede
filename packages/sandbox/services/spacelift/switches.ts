// Switches for behavior of Spacelift that is not known for certain, or that a test needs to vary.
import { createSwitchSet } from "../../core/switch-set";

const SWITCHES = createSwitchSet("Spacelift", {
  /** The first choice is the default. */
  choices: {
    /** The response to a key without admin rights that reads the details of an integration. */
    hidden: ["unauthorized", "null-object", "null-fields"],
    /** The response of detail queries and mutations for an id that does not exist. */
    absent: ["null", "not-found"],
    /** Where the V2 inputs of Bitbucket Cloud contain the settings of the integration: in `customInput`, or at the top level. absent: an older server without the V2 mutations. */
    "v2-input": ["nested", "flat", "absent"],
    /** How the flat V2 inputs spell the Space. */
    "space-field": ["spaceID", "space", "spaceId"],
    /** The names of the input types. renamed: other names, which break clients that hard-code the published ones. */
    "type-names": ["published", "renamed"],
    /** Whether the webhook address of a default integration contains its slug. */
    "default-url": ["slug", "account"],
    "labels-null": ["clears", "keeps"],
    "description-empty": ["clears", "keeps"],
    /** What an empty token does to the stored token of a Data Center integration. The published provider sends an empty token if it has none. */
    "empty-token": ["replaces", "keeps"],
    /** Who can create, update and delete an integration below root: admins of its Space, or root admins only. */
    "space-admin": ["allowed", "root-only"],
    /** Deliveries of Bitbucket Cloud without a signature. Those of Data Center are always rejected. */
    unsigned: ["refuse", "accept"],
    /** Fields that older servers do not have. */
    "email-field": ["present", "absent"],
    "webhook-secret-field": ["present", "absent"],
    "use-git-checkout-field": ["present", "absent"],
    "viewer-admin-field": ["present", "absent"],
    "vcs-detached-field": ["present", "absent"],
    /** The mutation that creates a new webhook secret. */
    regenerate: ["present", "absent"],
    /** The V1 mutations of Bitbucket Cloud, with user name and app password. */
    "v1-mutations": ["present", "absent"],
    /** Whether a client can read the GraphQL schema without a token, with a token, or not at all. */
    introspection: ["open", "authenticated", "off"],
  },
  numbers: {
    /** How long a token of a key is valid, in seconds. */
    "token-lifetime": { default: 3600, minimum: 1 },
  },
  texts: {},
});

export type Switches = ReturnType<typeof SWITCHES.defaults>;

export const defaultSwitches = SWITCHES.defaults;
export const setSwitches = SWITCHES.set;
