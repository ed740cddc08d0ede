/** The backing of objects changes without a move: the plan deletes them, and the other providers make them again. */
import type { Finding } from "../finding";
import { NOBODY, type Affected, type AffectedConsumer } from "../finding";
import type { PlannedResource, PlanModel } from "../plan/plan-model";
import { backingTwins, dataAddress } from "./backing-twins";
import { isDeleted } from "./changes";
import type { RuleContext } from "./context";
import { consumersText, count, finding, verb, withRepositories } from "./finding-of";

const MOST_NAMES = 20;

/** What is made again, or what only reads the object afterward. */
interface Changed {
  readonly deleted: PlannedResource;
  readonly becomes: string;
}

export function* backingChanged({ plans, consumers, subjectAt }: RuleContext): Iterable<Finding> {
  for (const plan of plans) {
    const all = changedIn(plan);
    for (const to of ["published", "bitlift"] as const) {
      const changed = all.filter(({ deleted }) => deleted.resource.backing !== to);
      if (changed.length === 0) continue;
      const deleted = changed.map((object) => object.deleted);
      const integrations = deleted.filter(({ resource }) => resource.kind === "integration");
      const webhooks = deleted.filter(({ resource }) => resource.kind === "webhook");
      const affected = withRepositories(union(integrations.map((change) => consumers.ofIntegration(change))), webhooks);
      const who = consumersText(affected);
      yield finding("backing-changed", subjectAt(plan.part, undefined), {
        severity: "danger",
        what: `The backing of part ${plan.part} changes without a move: ${count(changed.length, "object")} ${changed.length === 1 ? "is" : "are"} deleted and made again by ${PROVIDERS[to]}${who === undefined ? "" : `, and ${who} ${verb(affected, "loses its source", "lose their source")}`}.`,
        affected,
        todo: `Do not apply this plan. Run bitlift export <folder> --backing ${to}, and apply what it writes: ${BLOCKS[to]}.`,
        details: [...consequences(integrations), ...(webhooks.length > 0 ? [DELIVERIES[to]] : []), ...lines(changed)],
      });
    }
  }
}

const PROVIDERS = { published: "the published providers", bitlift: "Bitlift's own provider" };
const BLOCKS = {
  published: "its removed and import blocks hand every object over as it is",
  bitlift: "its moved blocks take every object over as it is",
};

function changedIn({ changes, state }: PlanModel): readonly Changed[] {
  const twins = backingTwins(changes);
  const data = new Set(state.filter(({ isData }) => isData).map(({ address }) => address));
  return changes.filter(isDeleted).flatMap((deleted) => {
    const twin = twins.get(deleted);
    if (twin?.action === "create" && twin.imported === undefined) return { deleted, becomes: twin.address };
    const read = dataAddress(deleted);
    return read !== undefined && data.has(read) ? { deleted, becomes: read } : [];
  });
}

const DELIVERIES = {
  published: "Until the old webhooks are deleted, Bitbucket delivers each event twice.",
  bitlift:
    "Bitlift's own provider adopts a webhook that exists, and the published provider may then delete it: nothing is delivered anymore.",
};

function consequences(integrations: readonly PlannedResource[]): readonly string[] {
  if (integrations.length === 0) return [];
  return [
    "An integration that is made again has another webhook secret, and nothing is attached to it.",
    "Spacelift accepts a name only once, so the apply may stop after a part of the changes.",
  ];
}

function lines(changed: readonly Changed[]): readonly string[] {
  const more = changed.length - MOST_NAMES;
  const shown = changed.slice(0, MOST_NAMES).map(({ deleted: { address, label }, becomes }) => {
    return `${address}${label === undefined ? "" : ` (${label})`} becomes ${becomes}.`;
  });
  return more > 0 ? [...shown, `And ${more} more.`] : shown;
}

function union(all: readonly Affected[]): Affected {
  const consumers = new Map<string, AffectedConsumer>();
  for (const consumer of all.flatMap((affected) => affected.consumers)) consumers.set(`${consumer.kind} ${consumer.id}`, consumer);
  return {
    ...NOBODY,
    consumers: [...consumers.values()],
    unnamed: all.reduce((sum, { unnamed }) => sum + unnamed, 0),
    caveat: all.find(({ caveat }) => caveat !== undefined)?.caveat,
    spaces: [...new Set(all.flatMap(({ spaces }) => spaces))].sort(),
  };
}
