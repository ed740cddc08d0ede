/** Refuses a scope that belongs to the other host framework. Both mark their stacks alike, so the mistake would show late or never. */
import { Construct, type IConstruct } from "constructs";
import { validationError } from "../validation-error";
import { HOST, TerraformStack } from "./cdktf";
import { ENTRIES, otherHost, type HostName } from "./host-packages";

/**
 * The scope, if it is inside a stack of this host. Another copy of the same host is fine: a monorepo may have several.
 * @param what The construct that receives it, for the error: it does not exist yet.
 * @throws Problem `host-mismatch` if a construct around it belongs to the other host.
 */
export function ownScope<S extends Construct>(what: string, scope: S): S {
  // What is not a construct is refused by others.
  const scopes = Construct.isConstruct(scope) ? scope.node.scopes : [];
  const foreign = scopes.find((construct) => hostOf(construct) === otherHost(HOST));
  if (foreign !== undefined) throw mismatch(what, foreign);
  return scope;
}

/**
 * The scope, if it is a stack of this host or inside one.
 * @throws Problem `host-mismatch`, or `value-not-allowed` if there is no stack around it.
 */
export function scopeInStack<S extends Construct>(what: string, scope: S): S {
  ownScope(what, scope);
  if (scope.node.scopes.some((construct) => TerraformStack.isStack(construct))) return scope;
  throw validationError("value-not-allowed", {
    why: `The scope of ${what} is ${nameOf(scope)}, which is not a stack and not inside one.`,
    fix: "Pass a TerraformStack, or a construct inside one, as the scope.",
  });
}

function mismatch(what: string, foreign: IConstruct): Error {
  const other = otherHost(HOST);
  return validationError("host-mismatch", {
    why: `${capitalized(what)} comes from "${ENTRIES[HOST]}", which is for ${HOST}, but its scope is inside ${nameOf(foreign)}, which belongs to ${other}.`,
    fix: `Import Bitlift from "${ENTRIES[other]}", and its app from "${ENTRIES[other]}/app"; or import App and TerraformStack from "${HOST}".`,
  });
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The ID of the app is empty. */
function nameOf(construct: IConstruct): string {
  const { path } = construct.node;
  return path === "" ? `the root ${construct.constructor.name}` : `${construct.constructor.name} "${path}"`;
}

const hosts = new WeakMap<object, HostName | "none">();

/** The compiler of both hosts writes the name of the package on each class. Symbols and properties of the constructs are the same for both. */
const RUNTIME_TYPE = Symbol.for("jsii.rtti");

function hostOf({ constructor }: IConstruct): HostName | "none" {
  const known = hosts.get(constructor);
  if (known !== undefined) return known;
  const host = hostOfClass(constructor);
  hosts.set(constructor, host);
  return host;
}

/** A class of the app has no such name, and a class of another library has its own, so the classes that it extends decide. */
function hostOfClass(type: unknown): HostName | "none" {
  if (typeof type !== "function") return "none";
  const { fqn } = (type as { [RUNTIME_TYPE]?: { readonly fqn?: unknown } })[RUNTIME_TYPE] ?? {};
  const [name = ""] = typeof fqn === "string" ? fqn.split(".") : [];
  return name in ENTRIES ? (name as HostName) : hostOfClass(Object.getPrototypeOf(type));
}
