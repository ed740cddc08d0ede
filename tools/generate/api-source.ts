/** Reads the public interface of the constructs from `lib/index.ts`: exported names, their members, and their doc comments. */
import { join, relative } from "node:path";
import ts from "typescript";
import { ROOT } from "./document";

export interface ApiMember {
  readonly name: string;
  /** `addRepository(repository: IRepository | string): RepositoryWebhook`, or the type of a property. */
  readonly type: string;
  readonly kind: "constructor" | "method" | "property";
  readonly isStatic: boolean;
  readonly isOptional: boolean;
  readonly description: string;
  readonly defaultText: string | undefined;
  readonly parameters: readonly { readonly name: string; readonly description: string }[];
}

export interface ApiEntry {
  readonly name: string;
  readonly kind: "class" | "interface" | "function" | "type" | "value";
  readonly description: string;
  /** The declared form of a type or a function; empty for the others. */
  readonly signature: string;
  /** Names of base classes and interfaces that are exported too. */
  readonly bases: readonly string[];
  readonly members: readonly ApiMember[];
}

const LIBRARY = join(ROOT, "lib");
const HIDDEN = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
/** A doc comment breaks lines where the code does. */
const oneLine = (text: string) => text.replaceAll(/\s*\n\s*/g, " ").trim();

/** Every export of `lib/index.ts` except the generated classes, sorted by name. */
export function readApi(): readonly ApiEntry[] {
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(ROOT, "tsconfig.json"), (path) => ts.sys.readFile(path)).config,
    ts.sys,
    ROOT,
  );
  const program = ts.createProgram([join(LIBRARY, "index.ts")], options);
  const index = program.getSourceFile(join(LIBRARY, "index.ts"));
  const checker = program.getTypeChecker();
  const module = index && checker.getSymbolAtLocation(index);
  if (module === undefined) throw new Error("lib/index.ts cannot be read.");
  const reader = new ApiReader(checker);
  return checker
    .getExportsOfModule(module)
    .filter(({ name }) => name !== "bindings")
    .map((symbol) => reader.readEntry(symbol))
    .sort((a, b) => a.name.localeCompare(b.name, "en"));
}

class ApiReader {
  readonly #checker: ts.TypeChecker;

  constructor(checker: ts.TypeChecker) {
    this.#checker = checker;
  }

  readEntry(exported: ts.Symbol): ApiEntry {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(exported) : exported;
    const declaration = symbol.declarations?.[0];
    if (declaration === undefined) throw new Error(`${exported.name} has no declaration.`);
    const common = { name: exported.name, description: this.#description(symbol), signature: "", bases: basesOf(declaration) };
    if (ts.isClassDeclaration(declaration)) return { ...common, kind: "class", members: this.#classMembers(symbol, declaration) };
    if (ts.isInterfaceDeclaration(declaration))
      return { ...common, kind: "interface", members: this.#membersOf(symbol, declaration, false) };
    if (ts.isFunctionDeclaration(declaration)) {
      const [member] = this.#members([symbol], declaration, false);
      return { ...common, kind: "function", signature: member?.type ?? "", members: member === undefined ? [] : [member] };
    }
    if (ts.isTypeAliasDeclaration(declaration))
      return { ...common, kind: "type", signature: withoutComments(declaration.type.getText()), members: [] };
    return { ...common, kind: "value", members: [] };
  }

  #classMembers(symbol: ts.Symbol, declaration: ts.ClassDeclaration): readonly ApiMember[] {
    const isAbstract = declaration.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AbstractKeyword) ?? false;
    const members = [
      ...this.#members([...(symbol.exports?.values() ?? [])], declaration, true),
      ...this.#membersOf(symbol, declaration, false),
    ];
    // What has no doc comment is public only for other files of the library.
    return [...(isAbstract ? [] : this.#constructors(symbol, declaration)), ...members.filter(({ description }) => description !== "")];
  }

  #constructors(symbol: ts.Symbol, declaration: ts.ClassDeclaration): readonly ApiMember[] {
    const isHidden = ({ declaration: written }: ts.Signature) =>
      written === undefined || (ts.getCombinedModifierFlags(written) & HIDDEN) !== 0;
    const signatures = this.#checker.getTypeOfSymbolAtLocation(symbol, declaration).getConstructSignatures();
    return signatures
      .filter((signature) => !isHidden(signature))
      .map((signature) => ({
        name: "constructor",
        kind: "constructor",
        type: this.#signatureText(signature, declaration).replace(/: \S+$/, ""),
        isStatic: false,
        isOptional: false,
        description: oneLine(ts.displayPartsToString(signature.getDocumentationComment(this.#checker))),
        defaultText: undefined,
        parameters: [],
      }));
  }

  /** Inherited members too, if they are declared in this repository. */
  #membersOf(symbol: ts.Symbol, declaration: ts.Declaration, isStatic: boolean): readonly ApiMember[] {
    return this.#members(this.#checker.getDeclaredTypeOfSymbol(symbol).getProperties(), declaration, isStatic);
  }

  #members(symbols: readonly ts.Symbol[], place: ts.Declaration, isStatic: boolean): readonly ApiMember[] {
    return symbols.filter(isPublic).flatMap((symbol): ApiMember[] => {
      const type = this.#checker.getTypeOfSymbolAtLocation(symbol, place);
      const tags = symbol.getJsDocTags(this.#checker);
      const textOf = (tag: ts.JSDocTagInfo) => oneLine(ts.displayPartsToString(tag.text));
      const common = {
        isStatic,
        isOptional: (symbol.flags & ts.SymbolFlags.Optional) !== 0,
        description: this.#description(symbol),
        defaultText: tags.filter(({ name }) => name === "default").map(textOf)[0],
        parameters: tags.filter(({ name }) => name === "param").map((tag) => splitParameter(textOf(tag))),
      };
      const [signature] = type.getCallSignatures();
      if (signature === undefined || !(symbol.flags & (ts.SymbolFlags.Method | ts.SymbolFlags.Function))) {
        // An optional property that only takes undefined forbids an option of the other product.
        if (type.flags & ts.TypeFlags.Undefined) return [];
        return [{ ...common, name: symbol.name, kind: "property", type: this.#typeText(type, place, common.isOptional) }];
      }
      return [{ ...common, name: symbol.name, kind: "method", type: `${symbol.name}${this.#signatureText(signature, place)}` }];
    });
  }

  #signatureText(signature: ts.Signature, place: ts.Declaration): string {
    return withoutPaths(this.#checker.signatureToString(signature, place, ts.TypeFormatFlags.NoTruncation));
  }

  #typeText(type: ts.Type, place: ts.Declaration, isOptional: boolean): string {
    const text = withoutPaths(this.#checker.typeToString(type, place, ts.TypeFormatFlags.NoTruncation));
    // An optional property has the type `T | undefined`, which the rules column states already.
    return isOptional ? text.replace(/ \| undefined$/, "") : text;
  }

  #description(symbol: ts.Symbol): string {
    return oneLine(ts.displayPartsToString(symbol.getDocumentationComment(this.#checker)));
  }
}

function basesOf(declaration: ts.Declaration): readonly string[] {
  if (!ts.isClassDeclaration(declaration) && !ts.isInterfaceDeclaration(declaration)) return [];
  return (declaration.heritageClauses ?? []).flatMap(({ types }) => types.map(({ expression }) => expression.getText()));
}

/** Declared in this repository, and neither private nor protected. */
function isPublic({ declarations = [], name }: ts.Symbol): boolean {
  const [declaration] = declarations;
  if (declaration === undefined || name.startsWith("#") || name === "prototype") return false;
  const file = relative(ROOT, declaration.getSourceFile().fileName);
  const isOwn = !file.startsWith("..") && !file.includes("node_modules");
  return isOwn && !name.startsWith("__") && (ts.getCombinedModifierFlags(declaration) & HIDDEN) === 0;
}

function splitParameter(text: string): { readonly name: string; readonly description: string } {
  const [name = "", ...rest] = text.split(" ");
  return { name, description: rest.join(" ") };
}

/** The checker writes types of other files as `import("<path>").Name`. */
function withoutPaths(text: string): string {
  return text.replaceAll(/import\("[^"]*"\)\./g, "");
}

function withoutComments(text: string): string {
  return oneLine(text.replaceAll(/\/\*\*[\s\S]*?\*\/|\/\/[^\n]*/g, ""));
}
