/** Types of values that are objects of this library: Spaces, events, repositories, integrations, providers. Each fix is the call that takes the given value. */
import { TerraformProvider, Token } from "../host";
import { Construct } from "constructs";
import { BITBUCKET_CLOUD_EVENTS, BITBUCKET_DATACENTER_EVENTS, ROOT_SPACE_ID } from "../../packages/domain";
import { describeValue } from "./described-value";
import { isToken } from "./plain-types";
import { CloudRepository, DatacenterRepository, type IRepository } from "../repository";
import { isStandIn, UNKNOWN_SPACE } from "./stand-ins";
import { accepted, checkedBy, rejected, type Checked, type ValueType } from "./value-type";

const SPACE_FIX = "Pass a Space of this app, Space.ROOT, or Space.fromSpaceId(<ID of the Space>).";

/** A Space of this app, or a reference to another one. */
export const space: ValueType = {
  fix: SPACE_FIX,
  standIn: UNKNOWN_SPACE,
  check: (name, value) => {
    if (!hasMembers(value, ["spaceId"])) return rejected(name, value, spaceFix(value), UNKNOWN_SPACE);
    const { spaceId } = value;
    if (isFilledText(spaceId) && (Token.isUnresolved(spaceId) || isIdentifier(spaceId))) return accepted(value);
    const why = `The ID of ${name} is ${describeValue(spaceId)}.`;
    const fix = `Pass the ID as a text, as in the URL of the Space in Spacelift, such as ${EXAMPLE_OF_SPACE}.`;
    return { value: UNKNOWN_SPACE, mismatches: [{ code: "value-not-allowed", why, fix }] };
  },
};

const EXAMPLE_OF_SPACE = 'Space.fromSpaceId("payments-01HN0BF3GMYZQ4NYVNQ1RKQ9M7")';

/** Spacelift makes IDs from lower-case letters, digits, and hyphens. A name or a URL has other characters. */
function isIdentifier(text: string): boolean {
  return !/[\s/:]/.test(text);
}

function spaceFix(value: unknown): string {
  if (value === ROOT_SPACE_ID) return "Write Space.ROOT.";
  if (Token.isUnresolved(value)) return "Write Space.fromSpaceId(…) around the token.";
  if (isFilledText(value) && !isIdentifier(value)) {
    return `Pass the Space object if this app declares it. Otherwise, pass its ID, not its name or URL, such as ${EXAMPLE_OF_SPACE}.`;
  }
  if (isFilledText(value)) return `Write Space.fromSpaceId(${JSON.stringify(value)}).`;
  if (Array.isArray(value)) return "Pass a single Space.";
  if (Construct.isConstruct(value) && hasMembers(value, ["id"])) return "Write Space.fromSpaceId(….id) with the id of this construct.";
  return SPACE_FIX;
}

/** An event, known at synthesis. */
export const event: ValueType = {
  fix: "Pass an event of WebhookEvent.cloud or WebhookEvent.datacenter, or WebhookEvent.custom(<key>).",
  check: (name, value) => {
    if (!hasMembers(value, ["key", "product"])) return rejected(name, value, eventFix(value));
    if (isFilledText(value["key"])) return accepted(value);
    const why = `The key of ${name} is ${describeValue(value["key"])}.`;
    const mismatch = { code: "value-not-allowed", why, fix: 'Pass the key as a text, such as WebhookEvent.custom("repo:push").' } as const;
    return { value: undefined, mismatches: [mismatch] };
  },
};

function eventFix(value: unknown): string {
  if (Token.isUnresolved(value) || !isFilledText(value)) return event.fix;
  // Also recognizes the name of a constant.
  const constant = constantOf(value);
  const [product] = Object.entries({ cloud: BITBUCKET_CLOUD_EVENTS, datacenter: BITBUCKET_DATACENTER_EVENTS }).find(([, keys]) =>
    keys.some((key) => constantOf(key) === constant),
  ) ?? [undefined];
  return product === undefined ? `Write WebhookEvent.custom(${JSON.stringify(value)}).` : `Write WebhookEvent.${product}.${constant}.`;
}

function constantOf(key: string): string {
  return key.trim().replaceAll(":", "_").toUpperCase();
}

const REPOSITORY_FIX = "Pass CloudRepository.parse(<workspace>/<repository>) or DatacenterRepository.parse(<PROJECT>/<repository>).";

/** A repository object. */
export const repository: ValueType = {
  fix: REPOSITORY_FIX,
  check: (name, value) => {
    if (isRepository(value)) return repositoryLike(value);
    return rejected(name, value, Array.isArray(value) ? "Declare one webhook for each repository." : repositoryFix(value));
  },
};

function repositoryFix(value: unknown): string {
  if (isToken(value))
    return "Pass CloudRepository.of(<workspace>, <repository>) or DatacenterRepository.of(<project>, <repository>). Each part may be a token.";
  if (!isFilledText(value)) return REPOSITORY_FIX;
  const quoted = JSON.stringify(value);
  return `Write CloudRepository.parse(${quoted}) or DatacenterRepository.parse(${quoted}).`;
}

/** Whether a value is a repository object, perhaps of another class, or a stand-in for one. */
export function isRepository(value: unknown): value is IRepository {
  return hasMembers(value, ["product", "namespace", "slug"]) && (value.product === "cloud" || value.product === "datacenter");
}

/** An object of another class may not have checked its parts, and may not have the path. */
export function repositoryLike(value: IRepository, otherwise?: IRepository): Checked<unknown> {
  if (isStandIn(value) || value instanceof CloudRepository || value instanceof DatacenterRepository) return accepted(value);
  const { product, namespace, slug } = value;
  return checkedBy<unknown>(() => (product === "cloud" ? CloudRepository : DatacenterRepository).of(namespace, slug), otherwise);
}

const INTEGRATION_FIX =
  "Pass a BitbucketCloudIntegration or BitbucketDatacenterIntegration. For one that is managed elsewhere, call fromIntegrationId of its class.";

/** An integration, whether the app declares it or not. */
export const integration: ValueType = {
  fix: INTEGRATION_FIX,
  check: (name, value) => {
    if (isStandIn(value) || (Construct.isConstruct(value) && hasMembers(value, ["webhookSecretFingerprint", "isAvailableTo"])))
      return accepted(value);
    const id = isFilledText(value) && !Token.isUnresolved(value) ? JSON.stringify(value) : undefined;
    const fix =
      id === undefined
        ? INTEGRATION_FIX
        : `Pass BitbucketCloudIntegration.fromIntegrationId(scope, id, ${id}), or call fromIntegrationId of BitbucketDatacenterIntegration.`;
    return rejected(name, value, fix);
  },
};

const PROVIDER_FIX = "Pass a BitliftProvider.";

/** A `BitliftProvider`. */
export const provider: ValueType = {
  fix: PROVIDER_FIX,
  check: (name, value): Checked<unknown> => {
    if (TerraformProvider.isTerraformProvider(value) && hasMembers(value, ["props", "spaceliftInput"])) return accepted(value);
    return rejected(name, value, typeof value === "string" ? `${PROVIDER_FIX} An alias is a prop of the BitliftProvider.` : PROVIDER_FIX);
  },
};

function hasMembers<Name extends string>(value: unknown, names: readonly Name[]): value is Record<Name, unknown> {
  return typeof value === "object" && value !== null && names.every((name) => name in value);
}

function isFilledText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}
