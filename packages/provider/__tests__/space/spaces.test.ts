/** Whether a Space that is named is there: other processes make Spaces too. */
import type { Clients } from "../../configuration/clients";
import { unseenSpace } from "../../space/spaces";

/** Lists that Spacelift gives one after the other; without `fresh` the first of them again. */
function api(...lists: readonly (readonly string[])[]): { readonly api: Clients; readonly asked: boolean[] } {
  const asked: boolean[] = [];
  let read = 0;
  const list = ({ fresh }: { readonly fresh: boolean }) => {
    asked.push(fresh);
    if (fresh) read += 1;
    return Promise.resolve((lists[read] ?? []).map((id) => ({ id })));
  };
  return { api: { spacelift: { keyName: "the key", spaces: { list } } } as unknown as Clients, asked };
}

it.each<[string, readonly (readonly string[])[], readonly boolean[], string | undefined]>([
  ["is known", [["team"]], [false], undefined],
  ["was made since by the process of another provider", [[], ["team"]], [false, true], undefined],
  ["is not there", [["other"], ["other"]], [false, true], "space-not-found"],
])("a Space that %s", async (_name, lists, asked, code) => {
  const world = api(...lists);
  const unseen = await unseenSpace(world.api, "team", "space_id");
  expect([unseen?.code, world.asked]).toEqual([code, asked]);
});
