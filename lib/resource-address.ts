/** Keeps an object under another address, or takes one over: `moveFrom` and `importFrom` of the constructs. */
import type { TerraformResource } from "./host";
import type { IConstruct } from "constructs";
import { ownType, publishedType } from "../packages/domain";
import { argumentOf } from "./props/checked-props";
import { quotedText } from "./props/described-value";
import { knownText } from "./props/plain-types";
import { isStandIn } from "./props/stand-ins";
import { reportFinding } from "./validation";
import { required, type ValueType } from "./props/value-type";

const ADDRESS = required({ ...knownText, fix: "Pass the address that terraform state list shows." });

const moved = new WeakMap<IConstruct, string>();
const imported = new WeakMap<IConstruct, string>();

/** A resource of CDKTF's generated classes. */
interface ImportableResource extends TerraformResource {
  importFrom(id: string): void;
}

/**
 * Moves a resource from its previous address. Reports a text that is not an address of a resource of the same type, or of the published type that
 * carries the same objects: the provider converts the state of that type.
 * @returns whether it moves
 */
export function moveResource(construct: IConstruct, resource: TerraformResource, given: string): boolean {
  const address = argumentOf(construct, "moveFrom", "address", ADDRESS, given);
  if (isStandIn(address) || isRepeated(construct, "moveFrom", moved, address)) return false;
  const { terraformResourceType } = resource;
  const published = publishedType(terraformResourceType)?.type;
  const types = published === undefined ? [terraformResourceType] : [terraformResourceType, published];
  if (types.some((type) => isAddressOf(type, address))) {
    resource.moveFromId(address);
    return true;
  }
  const own = ownType(terraformResourceType);
  if (own !== undefined && isAddressOf(own, address)) {
    reportFinding("backing-unsupported", {
      construct,
      why: `In moveFrom(…), address is ${quotedText(address)}, but the published provider cannot take over an object of ${own}.`,
      fix: "Remove the call, remove the object from the state (terraform state rm), and import it: call importFrom.",
    });
    return false;
  }
  reportFinding("value-not-allowed", {
    construct,
    why: `In moveFrom(…), address is ${quotedText(address)}, which is not an address of ${types.join(" or ")}.`,
    fix: `Pass the address that terraform state list shows, such as ${terraformResourceType}.payments.`,
  });
  return false;
}

function isAddressOf(type: string, address: string): boolean {
  return new RegExp(`^(module\\..+\\.)?${type}\\.[\\w-]+(\\[.+\\])?$`).test(address);
}

/**
 * Imports a resource.
 * @param name The name of the argument with the ID.
 */
export function importResource(construct: IConstruct, resource: ImportableResource, name: string, type: ValueType, given: string): void {
  const id = argumentOf(construct, "importFrom", name, type, given);
  if (!isStandIn(id) && !isRepeated(construct, "importFrom", imported, id)) resource.importFrom(id);
}

/** CDKTF fails without a fix on a second move, and lets a second import replace the first. */
function isRepeated(construct: IConstruct, call: string, earlier: WeakMap<IConstruct, string>, value: string): boolean {
  const first = earlier.get(construct);
  if (first === undefined) {
    earlier.set(construct, value);
    return false;
  }
  reportFinding("value-not-allowed", {
    construct,
    why: `${call} was called with ${quotedText(first)} and then with ${quotedText(value)}.`,
    fix: `Keep one of the calls of ${call}.`,
  });
  return true;
}
