/** Rules about integrations and Spaces by themselves and among each other: words, names, defaults. */
import { Token } from "cdktf";
import { PRODUCT_TITLES, ROOT_SPACE_ID, VCS_CHECKS } from "../../packages/domain";
import { accountOf } from "../account";
import type { Declarations } from "../declarations";
import type { DeclaredIntegration } from "../declared-integration";
import { repetitions, type Finding } from "./finding";

const ORDERS: readonly unknown[] = ["create-first", "destroy-first", undefined];

export function* tokens({ integrations, spaces }: Declarations): Generator<Finding> {
  const fix = "Write true or false.";
  const why = (prop: string) => `${prop} is known only after apply, and the rules between integrations and Spaces are judged at synthesis.`;
  for (const construct of integrations) if (!isFlag(construct.props.isDefault)) yield { construct, why: why("isDefault"), fix };
  for (const construct of spaces) if (!isFlag(construct.props.inheritEntities)) yield { construct, why: why("inheritEntities"), fix };
}

export function* emptyNames({ integrations, spaces }: Declarations): Generator<Finding> {
  for (const construct of [...integrations, ...spaces]) {
    const name: unknown = construct.props.name;
    if (typeof name !== "string" || name.trim() === "") yield { construct, why: "name is empty.", fix: "Give it a name." };
  }
}

export function* unknownWords({ integrations }: Declarations): Generator<Finding> {
  for (const construct of integrations) {
    const { vcsChecks, replacementOrder } = construct.props;
    if (vcsChecks !== undefined && !Token.isUnresolved(vcsChecks) && !VCS_CHECKS.includes(vcsChecks)) {
      yield { construct, why: `vcsChecks is "${vcsChecks}".`, fix: `Use one of ${VCS_CHECKS.join(", ")}.` };
    }
    if (!ORDERS.includes(replacementOrder)) {
      yield { construct, why: `replacementOrder is "${String(replacementOrder)}".`, fix: "Use create-first or destroy-first." };
    }
  }
}

export function* defaultsOutsideRoot({ integrations }: Declarations): Generator<Finding> {
  for (const construct of integrations) {
    const { spaceId } = construct.space;
    if (construct.props.isDefault !== true || spaceId === ROOT_SPACE_ID) continue;
    const named = Token.isUnresolved(spaceId) ? "a Space of this app" : `"${spaceId}"`;
    yield {
      construct,
      why: `isDefault is true and space is ${named}. A default integration serves the whole account.`,
      fix: "Leave space out (it is root), or make it a Space-level integration with isDefault: false.",
    };
  }
}

export function* secondDefaults(declared: Declarations): Generator<Finding> {
  const defaults = declared.integrations.filter(({ props }) => props.isDefault === true);
  for (const [first, construct] of repetitions(defaults, (one) => sideOf(one, declared))) {
    yield {
      construct,
      why: `${first.node.path} is the default integration of this account for ${PRODUCT_TITLES[construct.product]} already. Spacelift allows one.`,
      fix: "Make one of the two a Space-level integration with isDefault: false, or give it the provider of another account.",
    };
  }
}

export function* sharedNames(declared: Declarations): Generator<Finding> {
  const named = declared.integrations.filter(({ props }) => typeof props.name === "string" && !Token.isUnresolved(props.name));
  for (const [first, construct] of repetitions(named, (one) => `${sideOf(one, declared)} ${comparable(one.props.name)}`)) {
    yield {
      construct,
      why: `"${construct.props.name}" and "${first.props.name}" (${first.node.path}) are one name to Spacelift, which makes the id from it.`,
      fix: "Rename one of the two.",
    };
  }
}

/** Names and defaults are kept apart by account, and in it by product. */
function sideOf(integration: DeclaredIntegration, declared: Declarations): string {
  return `${accountOf(integration, declared)} ${integration.product}`;
}

function isFlag(value: unknown): boolean {
  return value === undefined || typeof value === "boolean";
}

/** Two names that differ in case and spaces only have one id. */
function comparable(name: string): string {
  return name.trim().toLowerCase().replace(/\s+/g, "-");
}
