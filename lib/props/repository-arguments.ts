/** The types of the arguments that name repositories. They depend on the product of the integration. */
import { Token } from "../host";
import type { BitbucketProduct } from "../../packages/domain";
import { isRepository, repositoryLike } from "./object-types";
import { isToken } from "./plain-types";
import { PRODUCTS } from "../products";
import { namespaceOf } from "../repository";
import { UNKNOWN_TEXT, unknownRepository } from "./stand-ins";
import { accepted, checkedBy, rejected, rejectedToken, required, type ValueType } from "./value-type";

const FORMATS = {
  cloud: { className: "CloudRepository", namespace: "workspace", path: "<workspace>/<repository>" },
  datacenter: { className: "DatacenterRepository", namespace: "project", path: "<PROJECT>/<repository>" },
} as const;

/**
 * A repository as a text or an object. The checked value is the object.
 * @param fixForArray What to do instead of passing several repositories.
 */
export function repositoryArgument(product: BitbucketProduct, fixForArray: string): ValueType {
  const { className, path } = FORMATS[product];
  const fix = `Pass ${path} as a text, or ${className}.of(…).`;
  const standIn = unknownRepository(product);
  return required({
    fix,
    standIn,
    check: (name, value) => {
      if (isRepository(value)) return repositoryLike(value, standIn);
      if (typeof value === "string" || isToken(value))
        return checkedBy<unknown>(() => PRODUCTS[product].parseRepository(Token.asString(value)), standIn);
      return rejected(name, value, Array.isArray(value) ? fixForArray : fix, standIn);
    },
  });
}

/** A TypeScript array of repositories. Each element is checked on its own. */
export function repositoriesArgument(product: BitbucketProduct): ValueType {
  const { className, namespace } = FORMATS[product];
  const fix = "Pass an array of repositories. For a single one, call addRepository.";
  const tokenFix = `Use addRepositoriesOf for all repositories of a ${namespace}, a TypeScript array, or ${className}.of(…) with constructId in a call of addRepository for each.`;
  const tokenWhy = "the Terraform address of each webhook is derived from the name of its repository";
  return required({
    fix,
    standIn: [],
    check: (name, value) => {
      if (Token.isUnresolved(value)) return rejectedToken(name, tokenWhy, tokenFix, []);
      return Array.isArray(value) ? accepted(value) : rejected(name, value, fix, []);
    },
  });
}

/** A workspace slug or project key. */
export function namespaceArgument(product: BitbucketProduct): ValueType {
  const { namespace } = FORMATS[product];
  const fix = `Pass the ${namespace === "workspace" ? "workspace slug" : "project key"} as a text.`;
  return required({
    fix,
    standIn: UNKNOWN_TEXT,
    check: (name, value) => {
      if (typeof value === "string" || isToken(value)) return checkedBy(() => namespaceOf(product, Token.asString(value)), UNKNOWN_TEXT);
      return rejected(name, value, Array.isArray(value) ? `Call addRepositoriesOf once for each ${namespace}.` : fix, UNKNOWN_TEXT);
    },
  });
}
