/** Rule: additional events are in Bitbucket's list. Bitbucket decides, so another name is a warning. */
import { BITBUCKET_CLOUD_EVENTS, BITBUCKET_DATACENTER_EVENTS, PRODUCT_TITLES, type BitbucketProduct } from "../../domain";
import { itemsOf, productOf, type FileDraft } from "../draft";
import { caution, fault, type Remark } from "../finding";
import { shown, suggestion } from "../quoting";

const EVENTS: Readonly<Record<BitbucketProduct, readonly string[]>> = {
  cloud: BITBUCKET_CLOUD_EVENTS,
  datacenter: BITBUCKET_DATACENTER_EVENTS,
};

export function* events({ main, integrations }: FileDraft): Generator<Remark> {
  const { cloud, datacenter } = main.defaults?.webhook?.additionalEvents ?? {};
  yield* unknownEvents(cloud, "cloud");
  yield* unknownEvents(datacenter, "datacenter");
  for (const entry of integrations.values()) {
    const product = productOf(entry);
    if (product === undefined) continue;
    const { repositories, sets } = itemsOf(entry);
    for (const { value } of [...repositories, ...sets]) yield* unknownEvents(value?.additionalEvents, product);
  }
}

function* unknownEvents(list: readonly (string | undefined)[] | undefined, product: BitbucketProduct): Generator<Remark> {
  for (const [index, event] of (list ?? []).entries()) {
    if (event === undefined || list === undefined || EVENTS[product].includes(event)) continue;
    const at = { holder: list, key: index };
    if (event.trim() === "" || /\s/.test(event)) {
      yield fault("value-not-allowed", at, `${shown(event)} is not the name of an event, such as ${EVENTS[product][0] ?? ""}. Correct it.`);
      continue;
    }
    const other = product === "cloud" ? "datacenter" : "cloud";
    const hint = EVENTS[other].includes(event)
      ? ` It is an event of ${PRODUCT_TITLES[other]}. Remove it.`
      : suggestion(event, EVENTS[product]) || " Check its name; Bitbucket decides whether it exists.";
    yield caution("event-unknown", at, `${shown(event)} is not in the list of events of ${PRODUCT_TITLES[product]}.${hint}`);
  }
}
