/** Rules: the addresses of Bitbucket Data Center are usable. An unusual one that may be intended is a warning. */
import { apiHostFinding, goesThroughAgents, HOST_FINDING_CODES, userFacingHostFinding, type HostFinding } from "../../domain";
import type { FileDraft } from "../draft";
import { caution, fault, type Location, type Remark } from "../finding";
import { sentences, shown } from "../quoting";

export function* hosts({ servers, integrations }: FileDraft): Generator<Remark> {
  for (const { value } of servers.values()) {
    if (value.url === undefined) continue;
    const at = { holder: value, key: "url" };
    if (goesThroughAgents(value.url))
      yield fault(
        "value-not-allowed",
        at,
        `${shown(value.url)} goes through a VCS agent of Spacelift, but Bitlift itself must reach this server in order to manage webhooks. Write its URL, and set apiHost of the integration to the private:// address.`,
      );
    else yield* remarks(at, userFacingHostFinding(value.url));
  }
  for (const { key, value } of integrations.values()) {
    const { datacenter } = value;
    if (datacenter === undefined || value.existing !== undefined) continue;
    const { apiHost, userFacingHost, server } = datacenter;
    if (apiHost !== undefined) yield* remarks({ holder: datacenter, key: "apiHost" }, apiHostFinding(apiHost));
    else if (server === undefined)
      yield fault(
        "value-missing",
        { holder: value, key: "datacenter", part: "key" },
        `"datacenter" of integration ${shown(key)} names no address. Set server to a key of servers, or set apiHost.`,
      );
    if (userFacingHost !== undefined) yield* remarks({ holder: datacenter, key: "userFacingHost" }, userFacingHostFinding(userFacingHost));
    else if (server === undefined && apiHost !== undefined && goesThroughAgents(apiHost))
      yield fault(
        "value-missing",
        { holder: datacenter, key: "apiHost" },
        `people cannot open ${shown(apiHost)}. Set userFacingHost to the URL at which they open Bitbucket.`,
      );
  }
}

function* remarks(at: Location, finding: HostFinding | undefined): Generator<Remark> {
  if (finding === undefined) return;
  const code = HOST_FINDING_CODES[finding.kind];
  yield finding.severity === "error" ? fault(code, at, sentences(finding)) : caution(code, at, sentences(finding));
}
