/** The previous address of a resource that was moved. */
import type { TerraformResource } from "cdktf";
import type { IConstruct } from "constructs";
import { argumentOf } from "./checked-props";
import { knownText } from "./plain-types";
import { UNKNOWN_TEXT } from "./stand-ins";
import { reportFinding } from "./validation";
import { required } from "./value-type";

const ADDRESS = required({ ...knownText, fix: "Pass the address that terraform state list shows." });

/** The address as given. Reports a text that is not an address of a resource of the same type. */
export function addressOf(construct: IConstruct, { terraformResourceType }: TerraformResource, given: string): string {
  const address = argumentOf(construct, "moveFrom", "address", ADDRESS, given);
  const isSameType = new RegExp(`^(module\\..+\\.)?${terraformResourceType}\\.[\\w-]+(\\[.+\\])?$`);
  if (address === UNKNOWN_TEXT || isSameType.test(address)) return address;
  reportFinding("value-not-allowed", {
    construct,
    why: `In moveFrom(…), address is ${JSON.stringify(address)}, which is not an address of ${terraformResourceType}.`,
    fix: `Pass the address that terraform state list shows, such as ${terraformResourceType}.payments.`,
  });
  return address;
}
