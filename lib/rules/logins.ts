/** Rules about credentials, logins and certificates: the app as packages/domain checks it. */
import type { IConstruct } from "constructs";
import {
  camelCase,
  containsLogin,
  credentialForms,
  INTEGRATION_CREDENTIALS,
  loginInAddress,
  mixedLogins,
  privateKeyFault,
  type CredentialForm,
  type LoginFacts,
  type Violation,
} from "../../packages/domain";
import { isStandIn } from "../props/stand-ins";
import { findingsOf } from "./construct-words";
import type { Declarations, ProviderDeclaration } from "./declarations";
import type { Finding, Rule } from "./finding";
import { credentialOf, givenFields, LOGIN_NAMES, LOGIN_PROPS, type LoginProp } from "./secrets";

export const LOGIN_RULES: readonly Rule[] = [
  { code: "secret-literal", find: (app) => findingsOf(loginsInAddresses(app)) },
  { code: "secret-literal", find: privateKeys },
  {
    code: "spacelift-credentials-conflict",
    find: (app) => findingsOf(mixedLogins(providerLogins(app, ["spacelift"]), "spacelift-credentials-conflict")),
  },
  {
    code: "bitbucket-credentials-conflict",
    find: (app) => findingsOf(mixedLogins(providerLogins(app, ["bitbucketCloud", "bitbucketDatacenter"]))),
  },
  { code: "credential-form", find: (app) => findingsOf(credentialForms(credentials(app))) },
];

function credentials({ integrations }: Declarations): readonly LoginFacts<IConstruct>[] {
  const given = integrations.filter(({ props }) => !isStandIn(props.credential));
  return given.map((integration) => ({
    subject: integration,
    holder: integration.product === "cloud" ? "credential" : undefined,
    ...fieldsOf(INTEGRATION_CREDENTIALS[integration.product], credentialOf(integration)),
  }));
}

function providerLogins({ providers }: Declarations, names: readonly LoginProp[]): readonly LoginFacts<IConstruct>[] {
  return names.flatMap((holder) =>
    providers.map((provider) => ({ subject: provider, holder, ...fieldsOf(LOGIN_PROPS[holder], provider.props[holder]) })),
  );
}

function fieldsOf(forms: readonly CredentialForm[], value: unknown): Pick<LoginFacts<IConstruct>, "forms" | "given"> {
  const named = forms.map(({ fields, secret }) => ({ fields: fields.map((field) => camelCase(field)), secret: camelCase(secret) }));
  const names = named.flatMap(({ fields }) => fields);
  return { forms: named, given: givenFields(value, names).map(([name]) => name) };
}

/** The URL of a server is checked with its form. */
function* loginsInAddresses({ providers }: Declarations): Generator<Violation<IConstruct>> {
  for (const provider of providers) {
    for (const [name, address] of addressesOf(provider)) {
      if (typeof address === "string" && containsLogin(address)) yield loginInAddress<IConstruct>(provider, "url", name);
    }
  }
}

function addressesOf({ props: { spacelift, bitbucketCloud } }: ProviderDeclaration): readonly [string, unknown][] {
  return [
    ["spacelift.endpoint", spacelift !== undefined && "endpoint" in spacelift ? spacelift.endpoint : undefined],
    ["bitbucketCloud.baseUrl", bitbucketCloud?.baseUrl],
  ];
}

function* privateKeys({ providers }: Declarations): Generator<Finding> {
  for (const construct of providers) {
    for (const login of LOGIN_NAMES) {
      const certificate: unknown = construct.props[login]?.caCertificate;
      const fault = typeof certificate === "string" ? privateKeyFault(`${login}.caCertificate`, certificate) : undefined;
      if (fault !== undefined) yield { construct, ...fault };
    }
  }
}
