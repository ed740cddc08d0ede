/** Rule: names, descriptions, labels, and titles contain only what the provider accepts. Empty names have a rule of their own. */
import { Token } from "cdktf";
import { descriptionFault, integrationNameFault, labelsFault, lineFault, spaceNameFault } from "../../packages/domain";
import type { Declarations } from "./declarations";
import type { Finding } from "./finding";

export function* unusableTexts({ spaces, integrations, webhooks, namespaceWebhooks }: Declarations): Generator<Finding> {
  const named = [
    ...spaces.map((construct) => ({ construct, nameFault: spaceNameFault })),
    ...integrations.map((construct) => ({ construct, nameFault: integrationNameFault })),
  ];
  for (const { construct, nameFault } of named) {
    const { name, description, labels } = construct.props;
    const faults = [
      isKnownText(name) && name.trim() !== "" ? nameFault(name) : undefined,
      isKnownText(description) ? descriptionFault(description) : undefined,
      Array.isArray(labels) ? labelsFault(labels.filter(isKnownText)) : undefined,
    ];
    for (const why of faults) if (why !== undefined) yield { construct, why, fix: FIX };
  }
  for (const construct of [...webhooks, ...namespaceWebhooks]) {
    const { title } = construct.props;
    const why = isKnownText(title) ? lineFault("The title", title) : undefined;
    if (why !== undefined) yield { construct, why, fix: FIX };
  }
}

const FIX = "Correct the text. A name, label, or title is one line of visible characters; a description may have several lines.";

/** An untyped program may pass any value; a token is checked by Terraform when it is known. */
function isKnownText(value: unknown): value is string {
  return typeof value === "string" && !Token.isUnresolved(value);
}
