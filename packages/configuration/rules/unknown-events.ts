/** Rule: additional events are in Bitbucket's list. Bitbucket decides, so another name is a warning. */
import { EVENTS_OF, PRODUCT_TITLES, productOfEvent, type BitbucketProduct } from "../../domain";
import { itemsOf, productOf, type FileDraft } from "../draft";
import { caution, fault, type Remark } from "../finding";
import { shown, suggestion } from "../quoting";

export function* unknownEvents({ main, integrations }: FileDraft): Generator<Remark> {
  const { cloud, datacenter } = main.defaults?.webhook?.additionalEvents ?? {};
  yield* unknownIn(cloud, "cloud");
  yield* unknownIn(datacenter, "datacenter");
  for (const entry of integrations.values()) {
    const product = productOf(entry);
    if (product === undefined) continue;
    const { repositories, sets } = itemsOf(entry);
    for (const { value } of [...repositories, ...sets]) yield* unknownIn(value?.additionalEvents, product);
  }
}

function* unknownIn(list: readonly (string | undefined)[] | undefined, product: BitbucketProduct): Generator<Remark> {
  for (const [index, event] of (list ?? []).entries()) {
    if (event === undefined || list === undefined || productOfEvent(event, product) !== undefined) continue;
    const at = { holder: list, key: index };
    if (event.trim() === "" || /\s/.test(event)) {
      yield fault(
        "value-not-allowed",
        at,
        `${shown(event)} is not the name of an event, such as ${EVENTS_OF[product][0] ?? ""}. Correct it.`,
      );
      continue;
    }
    const hint = suggestion(event, EVENTS_OF[product]) || " Check its name; Bitbucket decides whether it exists.";
    yield caution("event-unknown", at, `${shown(event)} is not in the list of events of ${PRODUCT_TITLES[product]}.${hint}`);
  }
}
