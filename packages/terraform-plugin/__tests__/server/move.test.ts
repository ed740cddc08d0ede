/** MoveResourceState: a resource takes over an object of another provider's resource type. */
import type { AnyResource, MoveSource, ObjectValue } from "../..";
import type { Log } from "../../resource";
import type * as message from "../../wire/generated/tfplugin6";
import { decodeValue } from "../engine-values";
import { memoryProvider, thing, type Memory } from "../memory-provider";
import { TestEngine } from "../test-engine";

const CANARY = "canary-of-the-other-provider";

const source: MoveSource = {
  provider: "px/things",
  type: "px_thing",
  version: 1,
  convert: ({ title = null, size = null, tags = null, note = null }) => ({
    name: title,
    label: note,
    size,
    tags,
    mode: "plain",
    left: "over",
  }),
};

interface Move {
  readonly provider?: string;
  readonly type?: string;
  readonly version?: number;
  readonly json?: string;
  readonly movesFrom?: readonly MoveSource[];
  readonly log?: Log;
}

async function move({
  provider = "registry.terraform.io/px/things",
  type = "px_thing",
  version = 0,
  json,
  movesFrom = [source],
  log,
}: Move) {
  const memory: Memory = new Map();
  const resource: Partial<AnyResource<Memory>> = { movesFrom };
  const engine = new TestEngine(memoryProvider(memory, [thing(memory, resource)]), log);
  const response = await engine.call<message.MoveResourceState_Response>("moveResourceState", {
    sourceProviderAddress: provider,
    sourceTypeName: type,
    sourceSchemaVersion: version,
    sourceState: { json: Buffer.from(json ?? ""), flatmap: {} },
    targetTypeName: "memory_thing",
    sourcePrivate: Buffer.from(`{"token":"${CANARY}"}`),
    sourceIdentity: undefined,
    sourceIdentitySchemaVersion: 0,
  });
  return { response, state: decodeValue(response.targetState), error: response.diagnostics[0]?.detail };
}

describe("a move from a declared type", () => {
  it("converts the stored attributes before the provider is configured; attributes without a value are null", async () => {
    const { state, response } = await move({ json: '{"title":"a","note":"n","size":9007199254740993,"tags":["y","x","y"]}', version: 1 });
    expect(response.diagnostics).toEqual([]);
    expect(state).toMatchObject({
      name: "a",
      label: "n",
      size: "9007199254740993",
      tags: ["y", "x"],
      mode: "plain",
      rules: null,
      id: null,
      token: null,
    });
    expect(state).not.toHaveProperty("left");
  });

  it("accepts the address of this provider, which OpenTofu may give for the further objects of a set", async () => {
    const { state, response } = await move({ json: '{"title":"a"}', provider: "terraform.local/acme/memory" });
    expect(response.diagnostics).toEqual([]);
    expect(state).toMatchObject({ name: "a" });
  });

  it("returns the identity, and no private state of the other provider", async () => {
    const { response } = await move({ json: '{"title":"a"}' });
    expect(decodeValue(response.targetIdentity?.identityData)).toEqual({ name: "a" });
    expect(response.targetPrivate).toHaveLength(0);
  });

  it.each(["registry.terraform.io/px/things", "registry.opentofu.org/px/things", "mirror.example:8443/PX/Things", "px/things"])(
    "ignores the host and the case of the provider: %s",
    async (provider) => {
      expect((await move({ provider, json: '{"title":"a"}' })).response.diagnostics).toEqual([]);
    },
  );

  it("converts a number for an attribute that is text here", async () => {
    expect((await move({ json: '{"title":42}' })).state).toMatchObject({ name: "42" });
  });
});

describe("a move fails with what to do", () => {
  it.each<[string, Move, RegExp]>([
    [
      "from another type of the provider",
      { type: "px_other" },
      /`px_other` of registry\.terraform\.io\/px\/things cannot become `memory_thing`: it can take over only `px_thing` of px\/things\..*\(move-not-supported\)$/s,
    ],
    [
      "from a fork of the provider",
      { provider: "registry.terraform.io/fork/things" },
      /`px_thing` of registry\.terraform\.io\/fork\/things cannot become.*only `px_thing` of px\/things/s,
    ],
    ["to a type that takes over nothing", { movesFrom: [] }, /cannot become `memory_thing`: it cannot take over objects of another type\./],
    [
      "of a newer version",
      { version: 2, json: "{}" },
      /state of px_thing has version 2, but this provider can convert version 1 and earlier.*\(state-not-readable\)$/s,
    ],
    ["of a state that is not JSON", { json: `{"title":"${CANARY}` }, /is not a JSON object/],
    ["of a state that is a list", { json: "[]" }, /is not a JSON object/],
    ["of a state from before Terraform 0.12", {}, /before Terraform 0\.12/],
    ["of a state with a value of another type", { json: `{"title":"a","tags":"${CANARY}"}` }, /`tags` of memory_thing is not a list/],
    [
      "of a state without the identity",
      { json: `{"note":"${CANARY}"}` },
      /does not contain `name` of memory_thing, so the object cannot be found/,
    ],
    ["of a state with an empty identity", { json: '{"title":""}' }, /does not contain `name` of memory_thing/],
  ])("%s", async (_, request, expected) => {
    const { error, state, response } = await move(request);
    expect(state).toBeNull();
    expect(error).toMatch(expected);
    expect(error).toMatch(/Remove the `moved` block.*`removed` block.*import it as `memory_thing`\. The import ID has the form `<name>`/s);
    expect(JSON.stringify(response)).not.toContain(CANARY);
  });

  it("without any text of the state, if the conversion throws", async () => {
    const lines: string[] = [];
    const log: Log = {
      includes: () => true,
      debug: () => undefined,
      info: () => undefined,
      warn: (...line) => void lines.push(JSON.stringify(line)),
    };
    const convert = ({ secret }: ObjectValue) => {
      throw new TypeError(`unexpected ${JSON.stringify(secret)}`);
    };
    const { error } = await move({ json: `{"secret":"${CANARY}"}`, movesFrom: [{ ...source, convert }], log });
    expect(error).toMatch(/move of px_thing to memory_thing failed unexpectedly: unexpected "\(hidden\)"/);
    expect(lines.join()).toContain("(hidden)");
    expect(lines.join()).not.toContain(CANARY);
  });
});
