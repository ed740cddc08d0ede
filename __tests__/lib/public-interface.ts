/** What lib/index.ts exports, as the compiler sees it. */
import { join, resolve } from "node:path";
import * as ts from "typescript";

const ROOT = resolve(__dirname, "../..");
const INDEX = join(ROOT, "lib/index.ts");

let cached: ts.Program | undefined;

/** The program that consists of lib and what it imports. */
export function program(): ts.Program {
  const configuration = ts.readConfigFile(join(ROOT, "tsconfig.json"), (path) => ts.sys.readFile(path)).config as object;
  const { options } = ts.parseJsonConfigFileContent(configuration, ts.sys, ROOT);
  return (cached ??= ts.createProgram([INDEX], options));
}

/** A public method or constructor: its options by the name of their type, and its other parameters. */
interface PublicMethod {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly options: readonly string[];
}

/** An exported class. */
export interface PublicClass {
  readonly name: string;
  readonly methods: readonly PublicMethod[];
}

/** Everything that lib/index.ts exports, except the generated bindings. */
export function publicSymbols(): readonly ts.Symbol[] {
  const checker = program().getTypeChecker();
  const index = program().getSourceFile(INDEX);
  const exported = index && checker.getSymbolAtLocation(index);
  if (exported === undefined) throw new Error("lib/index.ts has no exports.");
  const symbols = checker.getExportsOfModule(exported).filter(({ name }) => name !== "bindings");
  return symbols.map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol));
}

/** The exported classes of lib, with the public methods that they declare themselves. */
export function publicClasses(): readonly PublicClass[] {
  const declarations = publicSymbols().flatMap((symbol) => symbol.declarations ?? []);
  const classes = declarations.filter(ts.isClassDeclaration).filter((node) => node.getSourceFile().fileName.includes("/lib/"));
  return classes.map((node) => ({ name: node.name?.text ?? "", methods: node.members.filter(isPublicMethod).map(methodOf) }));
}

function isPublicMethod(member: ts.ClassElement): member is ts.MethodDeclaration | ts.ConstructorDeclaration {
  if (!ts.isMethodDeclaration(member) && !ts.isConstructorDeclaration(member)) return false;
  return (
    !ts.isPrivateIdentifier(member.name ?? member) &&
    !ts.getJSDocTags(member).some((tag) => tag.tagName.text === "internal") &&
    (ts.getCombinedModifierFlags(member) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) === 0
  );
}

function methodOf(node: ts.MethodDeclaration | ts.ConstructorDeclaration): PublicMethod {
  const parameters = node.parameters.map((parameter) => ({ name: parameter.name.getText(), type: typeNameOf(parameter) }));
  const isOptions = ({ type }: { type: string }) => /(Props|Options)$/.test(type);
  return {
    name: ts.isConstructorDeclaration(node) ? "constructor" : node.name.getText(),
    parameters: parameters.filter((parameter) => !isOptions(parameter)).map(({ name }) => name),
    options: parameters.filter(isOptions).map(({ type }) => type),
  };
}

/** The name of a type without its type arguments. */
function typeNameOf({ type }: ts.ParameterDeclaration): string {
  return type !== undefined && ts.isTypeReferenceNode(type) ? type.typeName.getText() : (type?.getText() ?? "");
}
