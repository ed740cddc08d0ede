/** Rule: props with a fixed list of values have one of them. */
import { Token } from "cdktf";
import { VCS_CHECKS } from "../../packages/domain";
import type { Declarations } from "./declarations";
import type { Finding } from "./finding";

const REPLACEMENT_ORDERS = ["create-first", "destroy-first"];

export function* unsupportedValues({ integrations }: Declarations): Generator<Finding> {
  for (const construct of integrations) {
    const { vcsChecks, replacementOrder } = construct.props;
    if (!Token.isUnresolved(vcsChecks) && isUnsupported(vcsChecks, VCS_CHECKS)) {
      yield { construct, why: `vcsChecks is "${vcsChecks}".`, fix: `Use one of ${VCS_CHECKS.join(", ")}.` };
    }
    if (isUnsupported(replacementOrder, REPLACEMENT_ORDERS)) {
      yield { construct, why: `replacementOrder is "${replacementOrder}".`, fix: `Use ${REPLACEMENT_ORDERS.join(" or ")}.` };
    }
  }
}

function isUnsupported(value: string | undefined, supported: readonly string[]): value is string {
  return value !== undefined && !supported.includes(value);
}
