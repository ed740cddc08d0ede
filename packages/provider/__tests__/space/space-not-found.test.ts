/** A Space that an attribute names: another process may have created it since the list was read. */
import type { Clients } from "../../configuration/clients";
import { spaceNotFound } from "../../space/space-not-found";

/** Returns the given lists one after the other; a request without `fresh` returns the current one again. */
function createApi(lists: readonly (readonly string[])[]) {
  const requests: boolean[] = [];
  let current = 0;
  const list = ({ fresh }: { readonly fresh: boolean }) => {
    requests.push(fresh);
    if (fresh) current += 1;
    return Promise.resolve((lists[current] ?? []).map((id) => ({ id })));
  };
  return { api: { spacelift: { keyName: "the key", spaces: { list } } } as unknown as Clients, requests };
}

it.each<[string, readonly (readonly string[])[], readonly boolean[], string | undefined]>([
  ["accepts a Space in the list", [["team"]], [false], undefined],
  ["accepts a Space that another process has created since", [[], ["team"]], [false, true], undefined],
  ["reports a Space that does not exist", [["other"], ["other"]], [false, true], "space-not-found"],
])("%s", async (_case, lists, expectedRequests, code) => {
  const { api, requests } = createApi(lists);
  const diagnostic = await spaceNotFound(api, "team", "space_id");
  expect([diagnostic?.code, requests]).toEqual([code, expectedRequests]);
});

it("is only a warning while the process applies, because an error would leave the old object of a replacement deposed", async () => {
  const { api } = createApi([[], []]);
  expect((await spaceNotFound(Object.assign(api, { isApplying: true }), "team", "space_id"))?.severity).toBe("warning");
  expect((await spaceNotFound(createApi([[], []]).api, "team", "space_id"))?.severity).toBe("error");
});
