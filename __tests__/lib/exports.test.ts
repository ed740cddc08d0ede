/** Every type that a public signature mentions is exported, so that people can name it. */
import * as ts from "typescript";
import * as lib from "../../lib";
import { program, publicSymbols } from "./public-interface";

/** The nodes of a declaration that people can see: no bodies, and no private or protected members. */
function visibleNodes(node: ts.Node): ts.Node[] {
  const isHidden =
    ts.isBlock(node) ||
    (ts.isPropertyDeclaration(node) && ts.isPrivateIdentifier(node.name)) ||
    (ts.isClassElement(node) && (ts.getCombinedModifierFlags(node) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) !== 0) ||
    (ts.isClassElement(node) && ts.getJSDocTags(node).some((tag) => tag.tagName.text === "internal")) ||
    (ts.isConstructorDeclaration(node) && isAbstract(node.parent)) ||
    (ts.isMethodDeclaration(node) && ts.isPrivateIdentifier(node.name));
  if (isHidden) return [];
  const children: ts.Node[] = [];
  // A declared type hides the initializer.
  const initializer = "initializer" in node && "type" in node && node.type !== undefined ? node.initializer : undefined;
  ts.forEachChild(node, (child) => {
    if (child !== initializer) children.push(child);
  });
  return [node, ...children.flatMap(visibleNodes)];
}

function isAbstract(node: ts.Node): boolean {
  return ts.isClassDeclaration(node) && (ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Abstract) !== 0;
}

/** The types of this project that a declaration mentions by name. */
function mentioned(declaration: ts.Declaration, checker: ts.TypeChecker): ts.Symbol[] {
  const names = visibleNodes(declaration).flatMap((node): ts.Node[] => {
    if (ts.isTypeReferenceNode(node)) return [node.typeName];
    return ts.isExpressionWithTypeArguments(node) ? [node.expression] : [];
  });
  const symbols = names.map((name) => checker.getSymbolAtLocation(name)).filter((symbol) => symbol !== undefined);
  const resolved = symbols.map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol));
  return resolved.filter((symbol) => (symbol.flags & ts.SymbolFlags.TypeParameter) === 0 && isOfProject(symbol));
}

function isOfProject(symbol: ts.Symbol): boolean {
  const files = (symbol.declarations ?? []).map((declaration) => declaration.getSourceFile().fileName);
  // The generated classes are exported as a whole: as `bindings`, and as packages such as `bitlift/spacelift`.
  const elsewhere = ["/node_modules/", "/lib/bindings/", "/lib/providers/"];
  return files.length > 0 && files.every((file) => !elsewhere.some((folder) => file.includes(folder)));
}

/** Types that only spell out another exported type. */
const DETAILS = ["CodeIn", "CommonCode", "EventConstants", "ConstantName", "RepositoryBase", "RecordedCalls"];

it("every type that a public signature mentions is exported", () => {
  const checker = program().getTypeChecker();
  const exported = publicSymbols();
  const missing = exported.flatMap((symbol) =>
    (symbol.declarations ?? []).flatMap((declaration) =>
      mentioned(declaration, checker)
        .filter((type) => !exported.includes(type) && !DETAILS.includes(type.name))
        .map((type) => `${symbol.name} mentions ${type.name}`),
    ),
  );
  expect([...new Set(missing)]).toEqual([]);
});

it("classes that people compare with instanceof are exported as values", () => {
  expect(Object.keys(lib)).toEqual(expect.arrayContaining(["Problem", "DeclaredIntegration", "BitbucketIntegrationBase", "Credential"]));
});
