/** Validation of the two addresses of a Data Center server that Spacelift receives. */
import fc from "fast-check";
import { apiHostFinding, userFacingHostFinding, type HostFinding } from "../hosts";

type Outcome = "valid" | "error" | Exclude<HostFinding["kind"], "unusable">;

const outcomeOf = (finding: HostFinding | undefined): Outcome => {
  if (finding === undefined) return "valid";
  expect(finding.severity === "error").toBe(finding.kind === "unusable");
  return finding.kind === "unusable" ? "error" : finding.kind;
};

describe("an address of a Data Center server", () => {
  it.each<[string, string, Outcome, Outcome]>([
    ["over https", "https://bitbucket.example.com", "valid", "valid"],
    ["with a port and a context path", "https://bitbucket.example.com:8443/bitbucket", "valid", "valid"],
    ["in capital letters", "HTTPS://Bitbucket.Example.com", "valid", "valid"],
    ["with an IP address", "https://[2001:db8::1]:7990", "valid", "valid"],
    ["with an @ in its path", "https://bitbucket.example.com/a@b", "valid", "valid"],
    ["over http", "http://bitbucket.internal:7990", "unencrypted", "valid"],
    ["through an agent pool", "private://vcs-agents", "valid", "private"],
    ["through an agent pool, with a path", "private://vcs-agents/bitbucket", "valid", "private"],
    ["without the name of an agent pool", "private://", "error", "private"],
    ["through a pool with a query", "private://vcs-agents?x=1", "error", "private"],
    ["with the path of the REST API", "https://bitbucket.example.com/rest/api/1.0", "rest-path", "rest-path"],
    ["without a scheme", "bitbucket.example.com", "error", "error"],
    ["with one slash", "https:/bitbucket.example.com", "error", "error"],
    ["without a host", "https://", "error", "error"],
    ["for git", "ssh://git@bitbucket.example.com", "error", "error"],
    ["with another scheme", "ftp://bitbucket.example.com", "error", "error"],
    ["with a query", "https://bitbucket.example.com/?x=1", "error", "error"],
    ["with a fragment", "https://bitbucket.example.com/#x", "error", "error"],
    ["with a space", "https://bitbucket.example.com /x", "error", "error"],
    ["with a trailing line break", "https://bitbucket.example.com\n", "error", "error"],
    ["that is empty", "", "error", "error"],
    ["that is blank", "  ", "error", "error"],
    ["with a password", "https://ci:hunter2@bitbucket.example.com", "error", "error"],
    ["with a password and no scheme", "ci:hunter2@bitbucket.example.com", "error", "error"],
    ["through a pool with a password", "private://ci:hunter2@vcs-agents", "error", "error"],
  ])("%s", (_name, address, api, userFacing) => {
    const findings = [apiHostFinding(address), userFacingHostFinding(address)];
    expect(findings.map(outcomeOf)).toEqual([api, userFacing]);
    for (const finding of findings.filter((item) => item !== undefined)) {
      expect(finding.why).toMatch(/\.$/);
      expect(finding.fix).toMatch(/\.$/);
    }
  });

  it("is never repeated if it contains a password", () => {
    const password = fc.stringMatching(/^[A-Z]{6}[0-9]{6}$/);
    const scheme = fc.constantFrom("https://", "http://", "private://", "https:", " https://", "");
    fc.assert(
      fc.property(scheme, password, fc.constantFrom("", " ", "?x", "/rest"), (start, secret, end) => {
        const address = `${start}ci:${secret}@bitbucket.example.com${end}`;
        for (const finding of [apiHostFinding(address), userFacingHostFinding(address)]) {
          expect(finding?.severity).toBe("error");
          expect(JSON.stringify(finding)).not.toContain(secret);
        }
      }),
    );
  });
});
