/** Rule: names, descriptions, labels, titles, and logins contain only what the provider accepts. Empty names have a rule of their own. */
import { Token } from "cdktf";
import type { IConstruct } from "constructs";
import type { Cause } from "../../packages/diagnostics";
import {
  descriptionFault,
  emailFault,
  integrationNameFault,
  labelsFault,
  lineFault,
  markerFault,
  spaceNameFault,
  userNameFault,
} from "../../packages/domain";
import type { Declarations, IntegrationDeclaration } from "./declarations";
import type { Finding } from "./finding";
import { credentialOf, givenFields } from "./secrets";

export function* unusableTexts({ spaces, integrations, webhooks, namespaceWebhooks }: Declarations): Generator<Finding> {
  for (const space of spaces) yield* findingsFor(space, descriptiveFaults(space.props, spaceNameFault));
  for (const integration of integrations) {
    yield* findingsFor(integration, [...descriptiveFaults(integration.props, integrationNameFault), ...loginFaults(integration)]);
  }
  for (const webhook of [...webhooks, ...namespaceWebhooks]) {
    yield* findingsFor(webhook, [faultIn(webhook.props.title, (title) => lineFault("The title", title))]);
  }
}

type Check = (text: string) => Cause | undefined;

interface DescribedProps {
  readonly name: unknown;
  readonly description?: unknown;
  readonly labels?: unknown;
}

function descriptiveFaults({ name, description, labels }: DescribedProps, nameFault: Check): readonly (Cause | undefined)[] {
  return [
    typeof name === "string" && name.trim() === "" ? undefined : faultIn(name, nameFault),
    faultIn(description, descriptionFault),
    Array.isArray(labels) ? labelsFault(labels.filter(isKnownText)) : undefined,
  ];
}

/** An empty login is reported by the rule in credential-forms.ts. */
function loginFaults(integration: IntegrationDeclaration): readonly (Cause | undefined)[] {
  const login = new Map(givenFields(credentialOf(integration), ["email", "username"]));
  return [
    faultIn(login.get("email"), emailFault),
    faultIn(login.get("username"), userNameFault),
    faultIn(integration.props.webhookSecretRotation, markerFault),
  ];
}

function* findingsFor(construct: IConstruct, faults: readonly (Cause | undefined)[]): Generator<Finding> {
  for (const fault of faults) if (fault !== undefined) yield { construct, ...fault };
}

function faultIn(value: unknown, check: Check): Cause | undefined {
  return isKnownText(value) ? check(value) : undefined;
}

/** An untyped program may pass any value; a token is checked by Terraform when it is known. */
function isKnownText(value: unknown): value is string {
  return typeof value === "string" && !Token.isUnresolved(value);
}
