/** Types of the arguments that Terraform itself evaluates: `dependsOn` and `lifecycle`. */
import type { ITerraformDependable, TerraformResourceLifecycle } from "cdktf";
import { Construct } from "constructs";
import { anything, knownFlag, knownText, listOf, objectWith } from "./plain-types";
import { accepted, rejected, type Checked, type ValueType } from "./value-type";

const DEPENDENCY_FIX = "Pass a resource, a data source, a module, or a construct of Bitlift.";

/** What a resource can depend on: anything with an address in the configuration. */
const dependency: ValueType = {
  fix: DEPENDENCY_FIX,
  check: (name, value) => (isDependable(value) ? accepted(value) : rejected(name, value, dependencyFix(value))),
};

/** CDKTF writes an empty `depends_on` for an object without an address. */
export function isDependable(value: unknown): value is ITerraformDependable {
  return typeof value === "object" && value !== null && "fqn" in value && typeof value.fqn === "string" && value.fqn !== "";
}

/** What to pass instead of an object that has no address. */
export function dependencyFix(value: unknown): string {
  if (typeof value === "object" && value !== null && "spaceId" in value) {
    return "Omit it: a Space that is managed elsewhere has no resource in this app.";
  }
  return Construct.isConstruct(value) ? "Pass the resources of this construct: it has no address of its own." : DEPENDENCY_FIX;
}

/** The prop `dependsOn`. */
export const dependencies: ValueType = listOf(dependency, "construct", DEPENDENCY_FIX);

const ignoredChanges: ValueType = {
  ...listOf(knownText, "attribute name"),
  fix: 'Pass an array of attribute names, or "all".',
  check: (name, value): Checked<unknown> => (value === "all" ? accepted(value) : listOf(knownText, "attribute name").check(name, value)),
};

const trigger: ValueType = {
  ...dependency,
  check: (name, value) => (typeof value === "string" ? accepted(value) : dependency.check(name, value)),
};

/** The prop `lifecycle`. */
export const lifecycle: ValueType = objectWith<TerraformResourceLifecycle>(
  {
    createBeforeDestroy: knownFlag,
    preventDestroy: knownFlag,
    ignoreChanges: ignoredChanges,
    replaceTriggeredBy: listOf(trigger, "construct"),
    precondition: listOf(anything, "condition"),
    postcondition: listOf(anything, "condition"),
  },
  "Pass an object, such as { preventDestroy: true }.",
);
