/** Rules: the addresses of Bitbucket Data Center are usable, as packages/domain has them for constructs too. */
import { apiHostFinding, unusableHosts, unusableServerUrls } from "../../domain";
import type { Draft, Entry, FileDraft } from "../draft";
import { caution, fault, type Remark } from "../finding";
import type { IntegrationInput, ServerInput } from "../model/document";
import { sentences, shown } from "../quoting";
import { remarksOf } from "./file-words";

export function* addresses({ servers, integrations }: FileDraft): Generator<Remark> {
  for (const { key, value, at } of servers.values())
    yield* remarksOf(unusableServerUrls([{ subject: { title: `server ${shown(key)}`, at, value }, url: value.url }]));
  for (const entry of integrations.values()) if (entry.value.existing === undefined) yield* hostsOf(entry, servers);
}

/** The URL of the server is the default of both addresses. */
function* hostsOf({ key, value }: Entry<IntegrationInput>, servers: FileDraft["servers"]): Generator<Remark> {
  const { datacenter } = value;
  if (datacenter === undefined) return;
  const { apiHost, userFacingHost, server } = datacenter;
  const at = { holder: value, key: "datacenter", part: "key" } as const;
  if (apiHost === undefined && server === undefined)
    yield fault(
      "value-missing",
      at,
      `"datacenter" of integration ${shown(key)} names no address. Set server to a key of servers, or set apiHost.`,
    );
  const subject = { title: `integration ${shown(key)}`, at, value: datacenter };
  const hasUserFacingHost = userFacingHost !== undefined || server !== undefined;
  yield* remarksOf(unusableHosts([{ subject, apiHost, userFacingHost, hasUserFacingHost }]));
  if (apiHost === undefined && server !== undefined) yield* unencrypted(servers.get(server)?.value);
}

/** The rules about the URL of a server do not mention what matters only where Spacelift calls it. */
function* unencrypted(server: Draft<ServerInput> | undefined): Generator<Remark> {
  const finding = server?.url === undefined ? undefined : apiHostFinding(server.url);
  if (server === undefined || finding?.kind !== "unencrypted") return;
  yield caution("host-not-encrypted", { holder: server, key: "url" }, sentences(finding));
}
