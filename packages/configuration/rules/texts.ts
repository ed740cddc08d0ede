/** Rules about the texts that people choose, which packages/domain holds for every layer. */
import { descriptionFault, integrationNameFault, lineFault, markerFault, spaceNameFault } from "../../domain";
import { itemsOf, type Draft, type FileDraft } from "../draft";
import { fault, type Location, type Remark } from "../finding";
import { sentences } from "../quoting";

type Fault = ReturnType<typeof lineFault>;

export function* texts({ main, spaces, integrations }: FileDraft): Generator<Remark> {
  for (const { value } of spaces.values()) {
    yield* check(value, "name", value.name, spaceNameFault);
    yield* check(value, "description", value.description, descriptionFault);
    yield* labelsOf(value);
  }
  for (const entry of integrations.values()) {
    const { value } = entry;
    yield* check(value, "name", value.name, integrationNameFault);
    yield* check(value, "description", value.description, descriptionFault);
    yield* check(value, "secretRotation", value.secretRotation, markerFault);
    yield* labelsOf(value);
    const { repositories, sets } = itemsOf(entry);
    for (const item of [...repositories, ...sets])
      if (item.value !== undefined) yield* check(item.value, "title", item.value.title, titleFault);
  }
  const { integration = {}, webhook = {} } = main.defaults ?? {};
  yield* labelsOf(integration);
  yield* check(integration, "secretRotation", integration.secretRotation, markerFault);
  yield* check(webhook, "title", webhook.title, titleFault);
}

function* check(holder: object, key: string, text: string | undefined, find: (text: string) => Fault): Generator<Remark> {
  // The model reports an empty text.
  if (text === undefined) return;
  yield* faults({ holder, key }, find(text));
}

function* labelsOf({ labels = [] }: { readonly labels?: Draft<readonly string[]> | undefined }): Generator<Remark> {
  for (const [index, label] of labels.entries()) {
    if (label !== undefined) yield* faults({ holder: labels, key: index }, lineFault(label.trim() === "" ? "A label" : "The label", label));
  }
}

function* faults(at: Location, found: Fault): Generator<Remark> {
  if (found !== undefined) yield fault("value-not-allowed", at, sentences(found));
}

function titleFault(title: string): Fault {
  return lineFault("The title", title);
}
