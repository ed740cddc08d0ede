/** The messages of one plan, by the resource that they are about. */
import type { PlanMessage, PlannedResource } from "../plan/plan-model";
import { textOf } from "../plan/values";
import { EXPLAINED_CODES } from "./message-codes";

/** The repository in a warning about a webhook that is deleted. */
const REPOSITORY = / in (\S+) no longer reach | use (\S+): /;

/**
 * The engine gives no address to the warnings of an object that the configuration no longer has, so their texts say which one it is: the
 * repository of a webhook, or the name and ID of an integration.
 */
export class PlanMessages {
  readonly #byAddress = new Map<string, PlanMessage[]>();
  readonly #byRepository = new Map<string, PlanMessage[]>();
  readonly #others: PlanMessage[] = [];

  constructor(messages: readonly PlanMessage[]) {
    for (const message of messages) {
      const { address, code, why } = message;
      if (code === undefined || !EXPLAINED_CODES.has(code)) continue;
      const [, deleted, unknown] = REPOSITORY.exec(why) ?? [];
      const repository = deleted ?? unknown;
      if (address !== undefined) add(this.#byAddress, address, message);
      else if (repository !== undefined) add(this.#byRepository, repository, message);
      else this.#others.push(message);
    }
  }

  about(change: PlannedResource): readonly PlanMessage[] {
    const addressed = this.#byAddress.get(change.address) ?? [];
    if (change.action !== "delete" && change.action !== "replace") return addressed;
    if (change.resource.kind === "webhook") {
      const through = `through the integration ${textOf(change.before, "integration_id") ?? ""}.`;
      const ofRepository = this.#byRepository.get(change.label ?? "") ?? [];
      return [...addressed, ...ofRepository.filter(({ why }) => !why.includes("through the integration") || why.includes(through))];
    }
    const named = `"${textOf(change.before, "name") ?? ""}" (${textOf(change.before, "id") ?? ""})`;
    return [...addressed, ...this.#others.filter(({ why }) => why.includes(named))];
  }
}

function add(lists: Map<string, PlanMessage[]>, key: string, message: PlanMessage): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [message]);
  else list.push(message);
}
