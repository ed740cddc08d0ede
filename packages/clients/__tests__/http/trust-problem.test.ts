/** The settings that messages about certificates name are those that the provider declares. */
import { CA_SETTINGS } from "../../http/trust-problem";
import { bitlift } from "../../../provider";
import type { Blocks } from "../../../terraform-plugin";

const SYSTEMS: Readonly<Record<string, string>> = {
  spacelift: "Spacelift",
  bitbucket_cloud: "Bitbucket Cloud",
  bitbucket_datacenter: "Bitbucket Data Center",
};

const declared = Object.entries(bitlift.blocks as Blocks).filter(([, { attributes }]) => "ca_certificate" in attributes);

it.each(declared)("%s", (name, { attributes }) => {
  const [, argument, block, variable] = /^(\w+) of the (\w+) block \(or (\w+)\)$/.exec(CA_SETTINGS[SYSTEMS[name] ?? ""] ?? "") ?? [];
  expect([argument, block]).toEqual(["ca_certificate", name]);
  expect(JSON.stringify(attributes["ca_certificate"])).toContain(`\`${variable ?? ""}\``);
});
