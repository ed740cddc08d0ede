/** Sets that match no repository: their plan says nothing about them, so the command does. */
import { setConstructId, webhookAddress, type Configuration } from "../../configuration";
import { renderCode } from "../../diagnostics";
import { codePage } from "../../engine";
import { CLI_CATALOG } from "../catalog";
import { readMessage, type EngineMessage } from "./engine-messages";
import type { Plan } from "./plan-json";

/** A warning for each, in the form of the engine's own, so that the plan, its log and a review show it in the same way. */
export function emptySets(configuration: Configuration, part: string, { changes }: Plan): readonly EngineMessage[] {
  const kept = changes.filter(({ action }) => action !== "delete" && action !== "forget").map(({ address }) => address);
  const keys = configuration.parts.find(({ name }) => name === part)?.integrations ?? [];
  return keys.flatMap((key) => {
    const entry = configuration.integrations.get(key);
    return (entry?.sets ?? []).flatMap((set) => {
      const address = entry && webhookAddress(entry.product, key, setConstructId(set), entry.backing);
      if (address === undefined || kept.some((found) => found.startsWith(`${address}[`))) return [];
      return messageAbout(address, set.every) ?? [];
    });
  });
}

function messageAbout(address: string, namespace: string): EngineMessage | undefined {
  const { summary, severity, why, fix, code } = CLI_CATALOG.warning("set-empty", {
    why: `No repository of ${namespace} that the login can see fits this set, so it has no webhooks.`,
    fix: "Correct match, except, project, query or role of the set, or give the login access. If the repositories come later, leave it as it is.",
  });
  const detail = `${why}\n\n${fix}\n\n${renderCode(code, codePage)}`;
  return readMessage(JSON.stringify({ type: "diagnostic", diagnostic: { severity, summary, detail, address } }));
}
