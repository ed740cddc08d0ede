/** The default integration of the account appears, disappears or becomes another one. */
import type { Finding } from "../finding";
import { ineffectiveAttributes } from "./change-ineffective";
import { isDefault, nameOf } from "./changes";
import type { RuleContext } from "./context";
import { consumersText, finding, quoted, verb } from "./finding-of";

export function* defaultIntegrationChanged({ integrations, consumers, subjectOf }: RuleContext): Iterable<Finding> {
  for (const change of integrations) {
    const before = isDefault(change, "before");
    const after = change.action === "forget" ? before : isDefault(change, "after");
    if (before === after || change.isDeposed || ineffectiveAttributes(change).includes("is_default")) continue;
    const name = quoted(nameOf(change));
    if (after) {
      yield finding("default-integration-changed", subjectOf(change), {
        severity: "warning",
        what: `The integration ${name} becomes the default of the account: every stack and module of the account can use it.`,
        todo: "Check that the account has no other default integration, because the apply then fails, and that its credential may read what everybody may use.",
      });
      continue;
    }
    const concerned = consumers.ofIntegration(change);
    const who = consumersText(concerned);
    yield finding("default-integration-changed", subjectOf(change), {
      severity: "danger",
      what: `The account loses its default integration ${name}${who === undefined ? "" : `, which ${who} ${verb(concerned, "uses", "use")}`}.`,
      affected: concerned,
      todo: "First attach everything that uses it to a Space-level integration, or keep it as the default.",
    });
  }
}
