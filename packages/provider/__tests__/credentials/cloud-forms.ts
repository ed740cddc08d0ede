/** The forms of credential of a Bitbucket Cloud integration, with the given arguments. */
import { INTEGRATION_CREDENTIALS } from "../../../domain";
import { argumentNames, type ArgumentValue, type CredentialArguments } from "../../credentials/credential-arguments";

export function cloudForms(values: Readonly<Record<string, ArgumentValue>>): readonly CredentialArguments[] {
  return INTEGRATION_CREDENTIALS.cloud.map((form, index) => {
    const names = argumentNames(form);
    return {
      form,
      generation: index === 0 ? "v2" : "v1",
      login: values[names.login],
      env: values[names.env],
      writeOnly: values[names.writeOnly],
      version: values[names.version],
      productFields: { [names.login]: values[names.login] },
    };
  });
}
