/** Rules: a login of a provider block has the props of one form only. */
import { camelCase, describeForms } from "../../packages/domain";
import type { Declarations } from "./declarations";
import type { Finding } from "./finding";
import { givenFields, LOGIN_PROPS, type LoginProp } from "./secrets";

export function* mixedSpaceliftLogins(declarations: Declarations): Generator<Finding> {
  yield* mixedLogins(declarations, "spacelift");
}

export function* mixedBitbucketLogins(declarations: Declarations): Generator<Finding> {
  yield* mixedLogins(declarations, "bitbucketCloud");
  yield* mixedLogins(declarations, "bitbucketDatacenter");
}

/** A form may be incomplete: the environment completes it. */
function* mixedLogins({ providers }: Declarations, login: LoginProp): Generator<Finding> {
  const forms = LOGIN_PROPS[login];
  for (const construct of providers) {
    const given = forms
      .map(({ fields }) => givenFields(construct.props[login], fields.map(camelCase)).map(([name]) => name))
      .filter((names) => names.length > 0);
    if (given.length < 2) continue;
    yield {
      construct,
      why: `${login} mixes props of different logins: ${given.map((names) => names.join(", ")).join(" | ")}.`,
      fix: `Keep the props of only one login: ${describeForms(forms, camelCase)}.`,
    };
  }
}
