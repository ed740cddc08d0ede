/** The findings of the rules in packages/domain, in the words of constructs. */
import { Construct, type IConstruct } from "constructs";
import type { Setting, Violation, Words } from "../../packages/domain";
import type { ISpace } from "../space-reference";
import { describeSpace, type Finding } from "./finding";

type Named = IConstruct | ISpace;

/** The props whose names differ from the words of the file. */
const PROPS: Partial<Readonly<Record<Setting, string>>> = {
  default: "isDefault",
  secretRotation: "webhookSecretRotation",
  url: "bitbucketDatacenter.url",
};

export function* findingsOf(violations: Iterable<Violation<IConstruct, Named>>): Generator<Finding> {
  for (const violation of violations) if (violation.severity === undefined) yield findingOf(violation);
}

export function findingOf({ code, subject, other, cause }: Violation<IConstruct, Named>): Finding {
  return { code, construct: subject, ...cause(wordsFor(other)) };
}

function wordsFor(other: IConstruct | undefined): Words<Named> {
  return {
    nameOf: (named) => (Construct.isConstruct(named) ? named.node.path : describeSpace(named)),
    of: "",
    other: other?.node.path ?? "",
    quote: (text) => `"${text}"`,
    setting: nameOfProp,
    about: (setting) => `${nameOfProp(setting)}: `,
    declaration: "declaration",
    settings: "props",
    existingById: (product) =>
      `${product === "cloud" ? "BitbucketCloudIntegration" : "BitbucketDatacenterIntegration"}.fromIntegrationId(…)`,
    ownBacking: 'backing: "bitlift" on the integration',
    fromVariable: "Credential.fromVariable(…)",
    eventsOf: (product) => `WebhookEvent.${product}`,
    orAnotherAccount: ", or pass the provider of another account",
  };
}

function nameOfProp(setting: Setting): string {
  return PROPS[setting] ?? setting;
}
