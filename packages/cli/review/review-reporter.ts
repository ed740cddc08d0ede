/** Reports planning for a review: progress and errors, but not the plans, which the review shows in its own way. Collects the warnings. */
import { messageOf, type PlanMessage } from "../../review";
import type { EngineMessage } from "../deployment/engine-messages";
import type { OrderedPart } from "../deployment/parts";
import { TextReporter } from "../deployment/reporter";

export class ReviewReporter extends TextReporter {
  readonly #messages = new Map<string, PlanMessage[]>();

  override message(part: OrderedPart, message: EngineMessage): void {
    const { diagnostic } = message;
    if (diagnostic !== undefined) {
      const list = this.#messages.get(part.name) ?? [];
      list.push(messageOf(diagnostic, part.name));
      this.#messages.set(part.name, list);
    }
    // Warnings are findings.
    if (diagnostic?.severity !== "warning") super.message(part, message);
  }

  messagesOf(part: string): readonly PlanMessage[] {
    return this.#messages.get(part) ?? [];
  }

  /** Standard output belongs to the review. */
  protected override print(): void {
    this.clear();
  }
}
