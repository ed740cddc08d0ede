/** Where a login comes from, and where it goes: half from the provider block, half from the environment, and only to its own address. */
import { PRODUCTS, type Product } from "../../tools/harness";
import { configuration } from "./configuration";
import { errorCodes, errors, textOf } from "./diagnostics";
import { scenario } from "./scenario";

type Block = Record<string, string>;
type Variables = Record<string, string | undefined>;

const withProvider = (product: Product, blocks: Record<string, Block>) => ({ provider: { bitlift: blocks }, ...configuration(product) });
const blockOf = ({ name }: Product) => `bitbucket_${name}`;
const addressOf = ({ name }: Product) => (name === "cloud" ? "base_url" : "url");

describe.each(PRODUCTS)("on $title", (product) => {
  scenario("a block with the address, or with nothing, takes the credential from the environment", async ({ folder, sandbox }) => {
    const { SPACELIFT_API_KEY_ENDPOINT: endpoint = "", BITBUCKET_API_URL = "", BITBUCKET_DATACENTER_URL = "" } = sandbox.environment;
    const address = product.name === "cloud" ? BITBUCKET_API_URL : BITBUCKET_DATACENTER_URL;
    await folder.write(withProvider(product, { spacelift: { endpoint }, [blockOf(product)]: { [addressOf(product)]: address } }));
    await folder.applyAndReplan();
    await folder.write(withProvider(product, { spacelift: {}, [blockOf(product)]: {} }));
    expect(await folder.plan()).toMatchObject({ code: 0, diagnostics: [] });
  });

  scenario("the message about a rejected login names the variable that the block names", async ({ folder }) => {
    await folder.write(withProvider(product, { [blockOf(product)]: { access_token_env: "WEBHOOK_TOKEN" } }));
    await folder.apply([], { WEBHOOK_TOKEN: "wrong-token" });
    const applied = await folder.apply([], { WEBHOOK_TOKEN: "wrong-token" });
    expect(textOf(applied, "remote-unauthenticated")).toContain(`WEBHOOK_TOKEN (access_token_env of the ${blockOf(product)} block)`);
    expect(applied.output).not.toContain("wrong-token");
  });

  scenario(
    "no request leaves for a host that BITLIFT_ALLOWED_HOSTS does not list, or to which the token does not belong",
    async ({ folder, remote }) => {
      const services = ["spacelift", product.service] as const;
      const attempts: readonly (readonly [Record<string, Block>, Variables, string])[] = [
        [{}, { BITLIFT_ALLOWED_HOSTS: "api.bitbucket.org,acme.app.spacelift.io" }, "address-not-allowed"],
        [{ [blockOf(product)]: { [addressOf(product)]: "http://127.0.0.1:9/2.0" } }, {}, "credential-address-mismatch"],
        [{ spacelift: { endpoint: "http://127.0.0.1:9/acme" } }, {}, "credential-address-mismatch"],
      ];
      for (const [blocks, variables, code] of attempts) {
        await folder.write(withProvider(product, blocks));
        await remote.clearRequests(services);
        const planned = await folder.plan([], variables);
        expect([planned.code, [...new Set(errorCodes(planned))]]).toEqual([1, [code]]);
        const counts = await Promise.all(services.map((service) => remote.countRequests(service)));
        if (code === "address-not-allowed") expect(counts).toEqual([0, 0]);
        else expect(counts[1]).toBe(0);
      }
      await folder.write(configuration(product));
      const allowed = await folder.plan([], { BITLIFT_ALLOWED_HOSTS: "127.0.0.1" });
      expect([allowed.code, errors(allowed)]).toEqual([2, []]);
    },
  );
});
