/** Identities of a running plugin, over its own socket: the schema, an import, and the read that follows it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildPlugin } from "../../../../tools/build/plugin";
import { decodeValue, encodeValue, NO_BYTES } from "../engine-values";
import { startPlugin } from "../plugin-process";

type DynamicValue = ReturnType<typeof encodeValue>;
interface Imported {
  readonly importedResources: readonly { readonly state: DynamicValue; readonly identity: { readonly identityData: DynamicValue } }[];
}

it("an import by identity returns the identity, and a read that finds no object returns none", async () => {
  const folder = mkdtempSync(join(tmpdir(), "id-"));
  const executable = join(folder, "terraform-provider-echo");
  await buildPlugin({ entry: resolve(__dirname, "../echo-provider.ts"), outfile: executable });
  const plugin = await startPlugin(executable, { environment: { TMPDIR: folder, ECHO_DIRECTORY: folder } });
  try {
    const call = (method: string, request: object) => plugin.call("provider", method, request);
    expect(await call("getResourceIdentitySchemas", {})).toMatchObject({
      identitySchemas: {
        echo_thing: { version: 0, identityAttributes: [{ name: "name", requiredForImport: true, optionalForImport: false }] },
      },
    });
    await call("configureProvider", { terraformVersion: "1.15.5", config: encodeValue({ secret: null, store: null }) });
    const identity = { identityData: encodeValue({ name: "n1" }) };
    const { importedResources } = (await call("importResourceState", { typeName: "echo_thing", id: "", identity })) as Imported;
    expect(importedResources.map((imported) => decodeValue(imported.identity.identityData))).toEqual([{ name: "n1" }]);
    const currentState = importedResources[0]?.state;
    const read = await call("readResource", { typeName: "echo_thing", currentState, private: NO_BYTES, currentIdentity: identity });
    expect(read).toMatchObject({ newIdentity: undefined, diagnostics: [] });
  } finally {
    plugin.close();
    await plugin.exit;
    rmSync(folder, { recursive: true, force: true });
  }
});
