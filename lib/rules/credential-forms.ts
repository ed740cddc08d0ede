/** Rule: an integration has exactly one complete credential. */
import { areExactlyOneForm, camelCase, describeForms, INTEGRATION_CREDENTIALS } from "../../packages/domain";
import { isStandIn } from "../props/stand-ins";
import type { Declarations, IntegrationDeclaration } from "./declarations";
import type { Finding } from "./finding";
import { credentialOf, givenFields } from "./secrets";

export function* credentialForms({ integrations }: Declarations): Generator<Finding> {
  for (const construct of integrations) {
    if (isStandIn(construct.props.credential)) continue;
    const forms = INTEGRATION_CREDENTIALS[construct.product].map(({ fields, secret }) => ({
      fields: fields.map((field) => camelCase(field)),
      secret,
    }));
    const given = givenFields(
      credentialOf(construct),
      forms.flatMap(({ fields }) => fields),
    ).map(([name]) => name);
    if (areExactlyOneForm(forms, given)) continue;
    const why = given.length === 0 ? "No credential is given." : `The credential consists of ${given.join(", ")}.`;
    yield { construct, why, fix: fixFor(construct) };
  }
}

function fixFor({ product }: IntegrationDeclaration): string {
  const forms = describeForms(INTEGRATION_CREDENTIALS[product], camelCase);
  return product === "cloud" ? `Set credential to exactly one of: ${forms}.` : `Set ${forms}.`;
}
