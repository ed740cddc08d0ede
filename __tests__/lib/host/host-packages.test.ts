/** A host framework that is not installed. The published package with one host only is in the acceptance tests. */
import { ENTRIES, requireHost, type HostName } from "../../../lib/host/host-packages";
import { thrownBy } from "../thrown";

const missing = (name: string) => () => {
  throw Object.assign(new Error(`Cannot find module '${name}'\nRequire stack:\n- /app/main.js`), { code: "MODULE_NOT_FOUND" });
};

describe.each<[HostName, HostName]>([
  ["cdktf", "cdktn"],
  ["cdktn", "cdktf"],
])("the host %s", (host, other) => {
  it("is missing: the message names what to import for the host that is installed", () => {
    const { code, message } = thrownBy(() => requireHost(host, missing(host)));
    expect(code).toBe("host-missing");
    expect(message).toContain(`"${ENTRIES[host]}" is for ${host}`);
    expect(message).toContain(`The package ${other} is installed.`);
    expect(message).toContain(`Import "${ENTRIES[other]}" instead of "${ENTRIES[host]}"`);
    expect(message).toContain(`npm install ${host} constructs`);
  });

  it.each(["constructs", "archiver", `${host}-extras/missing`])("is installed, but lacks %s: the error stays as it is", (name) => {
    expect(thrownBy(() => requireHost(host, missing(name)))).toEqual({ message: expect.stringContaining(`'${name}'`) as unknown });
  });

  it("has an error of its own, which stays as it is", () => {
    const error = new TypeError("broken");
    const load = () => {
      throw error;
    };
    expect(() => requireHost(host, load)).toThrow(error);
  });

  it("is installed", () => {
    expect(thrownBy(() => requireHost(host, () => undefined))).toEqual({});
  });
});
