/** Rules about integrations and Spaces: the app as packages/domain checks it. */
import { Token } from "../host";
import type { IConstruct } from "constructs";
import {
  defaultsOutsideRoot,
  duplicateDefaults,
  duplicateIntegrationNames,
  duplicateSpaceNames,
  spaceCycles,
  type IntegrationFacts,
  type SpaceFacts,
} from "../../packages/domain";
import { isStandIn } from "../props/stand-ins";
import type { ISpace } from "../space-reference";
import { accountOf } from "./account";
import { findingsOf } from "./construct-words";
import type { Declarations, IntegrationDeclaration } from "./declarations";
import type { Finding, Rule } from "./finding";

export const INTEGRATION_RULES: readonly Rule[] = [
  { code: "default-outside-root", find: (app) => findingsOf(defaultsOutsideRoot(integrationFacts(app))) },
  { code: "duplicate-default", find: (app) => findingsOf(duplicateDefaults(integrationFacts(app))) },
  { code: "duplicate-integration-name", find: (app) => findingsOf(duplicateIntegrationNames(integrationFacts(app))) },
  { code: "duplicate-space-name", find: (app) => findingsOf(duplicateSpaceNames(spaceFacts(app))) },
  { code: "space-cycle", find: cyclesOf },
];

function cyclesOf({ spaces }: Declarations): Iterable<Finding> {
  return findingsOf(spaceCycles<ISpace, IConstruct & ISpace>(spaces, ({ parentSpace }) => parentSpace));
}

function integrationFacts(app: Declarations): readonly IntegrationFacts<IConstruct>[] {
  return app.integrations.map((integration) => ({
    subject: integration,
    account: accountOf(integration, app),
    product: integration.product,
    name: knownText(integration.props.name),
    isDefault: integration.props.isDefault === true,
    space: spaceOf(integration),
  }));
}

function spaceOf({ space }: IntegrationDeclaration): IntegrationFacts<IConstruct>["space"] {
  if (isStandIn(space)) return undefined;
  const id = space.spaceId;
  return { id, title: Token.isUnresolved(id) ? "a Space of this app" : `"${id}"` };
}

function spaceFacts(app: Declarations): readonly SpaceFacts<IConstruct>[] {
  return app.spaces.map((space) => ({
    subject: space,
    account: accountOf(space, app),
    name: space.props.name === "" ? undefined : knownText(space.props.name),
    parent: isStandIn(space.parentSpace) ? undefined : space.parentSpace.spaceId,
  }));
}

/** An untyped program may pass any value; a token is checked by Terraform when it is known. */
export function knownText(value: unknown): string | undefined {
  return typeof value === "string" && !Token.isUnresolved(value) ? value : undefined;
}
