/** What changes when an existing webhook is adopted, in the words of the plan and of the apply. */
import { fingerprint } from "../../../domain";
import type { Webhook } from "../../../clients";
import { adoptionAnnouncement, adoptionNotice, type WantedWebhook } from "../../webhook/adoption";

const TARGET = { namespace: "acme", repository: "infra" };
const SECRET = fingerprint("s3cret-value");
const found: Webhook = {
  id: "{1}",
  url: "https://hooks.example",
  title: "Spacelift (payments)",
  active: true,
  events: ["repo:push"],
  verifiesCertificate: true,
  secret: { is: "set", fingerprint: SECRET },
  scope: "repository",
  repositoryId: "{r}",
  repositoryName: "acme/infra",
  passthrough: {},
};
const wanted: WantedWebhook = {
  url: found.url,
  title: found.title,
  active: true,
  events: ["repo:push"],
  verifyCertificate: true,
  secretFingerprint: SECRET,
};

it.each<[string, Partial<Webhook>, Partial<WantedWebhook>, string]>([
  ["nothing", {}, {}, "Nothing about it changes."],
  ["lost events", { events: ["repo:push", "repo:fork"] }, {}, "Changes: removed events repo:fork."],
  ["gained events", { events: [] }, {}, "Changes: added events repo:push."],
  ["the title", { title: "Mine" }, {}, 'Changes: title "Mine" becomes "Spacelift (payments)".'],
  [
    "a secret that the server does not show",
    { secret: { is: "set", fingerprint: null } },
    {},
    "Changes: secret replaced by that of the integration.",
  ],
  [
    "another secret",
    { secret: { is: "set", fingerprint: fingerprint("other") } },
    {},
    "Changes: secret replaced by that of the integration.",
  ],
  ["no secret", { secret: { is: "unset" } }, {}, "Changes: secret set (it had none)."],
  ["switching on", { active: false }, {}, "Changes: switched on."],
  ["switching off", {}, { active: false }, "Changes: switched off."],
  ["the certificate check", { verifiesCertificate: false }, {}, "Changes: certificate check switched on."],
  ["the certificate check the other way", {}, { verifyCertificate: false }, "Changes: certificate check switched off."],
  ["a certificate check that the server does not show", { verifiesCertificate: null }, {}, "Nothing about it changes."],
  [
    "values that are known after apply",
    { title: "Mine", active: false, events: ["repo:fork"] },
    { title: undefined, active: undefined, events: undefined },
    "Nothing about it changes.",
  ],
])("names %s", (_case, existing, declared, text) => {
  const [webhook, declaration] = [
    { ...found, ...existing },
    { ...wanted, ...declared },
  ];
  expect(adoptionAnnouncement(TARGET, webhook, declaration, null).why).toMatch(new RegExp(`${escape(text)}$`));
  expect(adoptionNotice(TARGET, webhook, declaration).why).toMatch(new RegExp(`${escape(text)}$`));
});

it("says how to keep events that nobody declares, and which webhook is deleted", () => {
  const announced = adoptionAnnouncement(TARGET, { ...found, events: ["repo:fork", "repo:push"] }, wanted, "{2}");
  expect(announced.fix).toContain("To keep repo:fork, declare it in additional_events.");
  expect(announced.why).toContain("The webhook {2}, which this address has now, will be deleted.");
});

const escape = (text: string): string => text.replaceAll(/[.()]/g, "\\$&");
