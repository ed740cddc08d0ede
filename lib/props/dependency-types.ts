/** Types of the arguments that Terraform itself evaluates: `dependsOn` and `lifecycle`. */
import type { ITerraformDependable, Precondition, TerraformResourceLifecycle } from "../host";
import { TerraformProvider } from "../host";
import { Construct } from "constructs";
import { knownFlag, knownText, listOf, objectWith, text } from "./plain-types";
import { accepted, rejected, required, type Checked, type ValueType } from "./value-type";

const DEPENDENCY_FIX = "Pass a resource, a data source, a module, or a construct of Bitlift.";

/** What a resource can depend on: anything with an address in the configuration. */
const dependency: ValueType = {
  fix: DEPENDENCY_FIX,
  check: (name, value) => (isDependable(value) ? accepted(value) : rejected(name, value, dependencyFix(value))),
};

/** CDKTF writes an empty `depends_on` for an object without an address. */
export function isDependable(value: unknown): value is ITerraformDependable {
  if (typeof value !== "object" || value === null || !("fqn" in value) || TerraformProvider.isTerraformProvider(value)) return false;
  try {
    return typeof value.fqn === "string" && value.fqn !== "";
  } catch {
    // CDKTF throws for outputs.
    return false;
  }
}

/** What to pass instead of an object that has no address. */
export function dependencyFix(value: unknown): string {
  if (typeof value === "object" && value !== null && "spaceId" in value) {
    return "Omit it: a Space that is managed elsewhere has no resource in this app.";
  }
  if (TerraformProvider.isTerraformProvider(value)) return "Omit it: the engine configures a provider before it uses it.";
  return Construct.isConstruct(value) ? "Pass the resources of this construct: it has no address of its own." : DEPENDENCY_FIX;
}

const dependencyList: ValueType = listOf(dependency, "construct", DEPENDENCY_FIX);

/** The prop `dependsOn`. CDKTF would write an empty list. */
export const dependencies: ValueType = {
  ...dependencyList,
  check: (name, value) => (Array.isArray(value) && value.length === 0 ? accepted(undefined) : dependencyList.check(name, value)),
};

const ignoredChanges: ValueType = {
  ...listOf(knownText, "attribute name"),
  fix: 'Pass an array of attribute names, or "all".',
  check: (name, value): Checked<unknown> => (value === "all" ? accepted(value) : listOf(knownText, "attribute name").check(name, value)),
};

const trigger: ValueType = {
  ...dependency,
  check: (name, value) => (typeof value === "string" ? accepted(value) : dependency.check(name, value)),
};

const condition: ValueType = { required: true, fix: "Pass an expression of the engine.", check: (_name, value) => accepted(value) };

const conditions: ValueType = listOf(
  objectWith<Precondition>({ condition, errorMessage: required(text) }, "Pass an object, such as { condition: …, errorMessage: … }."),
  "condition",
);

/** The prop `lifecycle`. */
export const lifecycle: ValueType = objectWith<TerraformResourceLifecycle>(
  {
    createBeforeDestroy: knownFlag,
    preventDestroy: knownFlag,
    ignoreChanges: ignoredChanges,
    replaceTriggeredBy: listOf(trigger, "construct"),
    precondition: conditions,
    postcondition: conditions,
  },
  "Pass an object, such as { preventDestroy: true }.",
);
