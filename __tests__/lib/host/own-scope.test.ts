/** Constructs in an app of the other host framework, in two copies of the same one, and outside a stack. Runs on each host, so "other" changes. */
import { join } from "node:path";
import type * as Cdktf from "cdktf";
import { App, TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import { BitbucketCloudIntegration, BitliftProvider, bindings, Credential, Space } from "../../../lib";
import { HOST } from "../../../lib/host";
import { ENTRIES, otherHost } from "../../../lib/host/host-packages";
import { Hook } from "../../../lib/providers/bitbucket/hook";
import { BitbucketStack } from "../../../stacks";
import { thrownBy } from "../thrown";

type Host = typeof Cdktf;

const OTHER = otherHost(HOST);
/** By its path, because the tests on the other host change what the name means. */
const other = jest.requireActual<Host>(join(__dirname, "../../../node_modules", OTHER));

const foreignStack = () => new other.TerraformStack(other.Testing.app(), "stack");

describe("the packages of the hosts", () => {
  it("are two different ones, and this library uses the first", () => {
    expect(other.TerraformStack).not.toBe(TerraformStack);
    expect(new Space(new TerraformStack(Testing.app(), "stack"), "space", { name: "Payments" })).toBeInstanceOf(Construct);
  });

  it("recognize the stacks of each other, so that they report nothing themselves", () => {
    expect(TerraformStack.isStack(foreignStack())).toBe(true);
  });
});

describe("in an app of the other host", () => {
  it.each<[string, (scope: TerraformStack) => unknown]>([
    ["Space", (scope) => new Space(scope, "space", { name: "Payments" })],
    ["BitliftProvider", (scope) => new BitliftProvider(scope, "bitlift")],
    ["The integration", (scope) => new BitbucketCloudIntegration(scope, "integration", {} as never)],
    ["The variable", (scope) => Credential.fromVariable(scope, "token")],
    ["Space of the generated classes", (scope) => new bindings.space.Space(scope, "space", { name: "Payments" })],
    ["Hook of the generated classes", (scope) => new Hook(scope, "hook", {} as never)],
  ])("%s is refused, with both packages in the message", (name, create) => {
    const { code, message } = thrownBy(() => create(foreignStack()));
    expect(code).toBe("host-mismatch");
    expect(message).toContain(`${name.replace(" of the generated classes", "")} comes from "${ENTRIES[HOST]}", which is for ${HOST}`);
    expect(message).toContain(`the root App, which belongs to ${OTHER}`);
    expect(message).toContain(`Import Bitlift from "${ENTRIES[OTHER]}", and its app from "${ENTRIES[OTHER]}/app"`);
  });

  it.each<[string, () => Construct]>([
    ["inside a construct", () => new Construct(foreignStack(), "construct")],
    ["with a class of the app", () => new (class Payments extends other.TerraformStack {})(other.Testing.app(), "stack")],
    ["with a class of another library", () => new (libraryClass(other.TerraformStack))(other.Testing.app(), "stack")],
    ["with a stack of this host", () => new TerraformStack(other.Testing.app(), "stack")],
    ["which has a stack, in an app of this host", () => new other.TerraformStack(Testing.app(), "stack")],
    ["as the root, with a version that tests replace", () => new Construct(other.Testing.app({ stubVersion: true }), "construct")],
  ])("a construct is refused %s", (_, scope) => {
    expect(thrownBy(() => new Space(scope(), "space", { name: "Payments" })).code).toBe("host-mismatch");
  });

  it("a part of the file is refused", () => {
    const { code, message } = thrownBy(() => new BitbucketStack(other.Testing.app(), "main", {} as never, {} as never));
    expect([code, message]).toEqual(["host-mismatch", expect.stringContaining(`the root App, which belongs to ${OTHER}`)]);
  });
});

describe("another copy of the same host", () => {
  it("is accepted, as a monorepo may have several", () => {
    let copy: Host | undefined;
    jest.isolateModules(() => (copy = jest.requireActual<Host>("cdktf")));
    expect(copy!.App).not.toBe(App);
    const stack = new copy!.TerraformStack(copy!.Testing.app(), "stack");
    new BitliftProvider(stack, "bitlift");
    new Space(stack, "space", { name: "Payments" });
    expect(copy!.Testing.synth(stack)).toContain('"name": "Payments"');
  });

  it("is accepted if nothing names the package of its classes", () => {
    const stack = new TerraformStack(Testing.app(), "stack");
    const anonymous = Object.create(stack, { constructor: { value: undefined } }) as TerraformStack;
    expect(thrownBy(() => new Space(anonymous, "space", { name: "Payments" })).code).toBeUndefined();
  });
});

describe("outside a stack", () => {
  it.each<[string, () => Construct, string]>([
    ["an app", () => Testing.app(), "the root App"],
    ["a root that is not an app", () => new Construct(undefined as never, ""), "the root Construct"],
    ["a construct in an app", () => new Construct(Testing.app(), "payments"), 'Construct "payments"'],
  ])("%s as the scope is refused", (_, scope, name) => {
    const { code, message } = thrownBy(() => new Space(scope(), "space", { name: "Payments" }));
    expect(code).toBe("value-not-allowed");
    expect(message).toContain(`The scope of Space is ${name}, which is not a stack and not inside one.`);
  });
});

/** As the compiler of the hosts marks a class: with the name of its own package. */
function libraryClass(Stack: Host["TerraformStack"]) {
  class LibraryStack extends Stack {}
  return Object.assign(LibraryStack, { [Symbol.for("jsii.rtti")]: { fqn: "acme.LibraryStack", version: "1.0.0" } });
}
