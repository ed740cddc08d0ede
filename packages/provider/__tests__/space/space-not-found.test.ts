/** A Space that an attribute names: another process may have created it since the list was read. */
import type { Clients } from "../../configuration/clients";
import { spaceNotFound } from "../../space/space-not-found";

/** Returns the given lists one after the other; a request without `fresh` returns the current one again. */
function createApi(lists: readonly (readonly string[])[]) {
  const requests: boolean[] = [];
  let current = 0;
  const list = ({ fresh }: { readonly fresh: boolean } = { fresh: false }) => {
    requests.push(fresh);
    if (fresh) current += 1;
    return Promise.resolve((lists[current] ?? []).map((name) => ({ id: name.toLowerCase(), name })));
  };
  return { api: { spacelift: { keyName: "the key", spaces: { list } } } as unknown as Clients, requests };
}

it.each<[string, readonly (readonly string[])[], readonly boolean[], string | undefined]>([
  ["accepts a Space in the list", [["team"]], [false], undefined],
  ["accepts a Space that another process has created since", [[], ["team"]], [false, true], undefined],
  ["reports a Space that does not exist", [["other"], ["other"]], [false, true], "space-not-found"],
])("%s", async (_case, lists, expectedRequests, code) => {
  const { api, requests } = createApi(lists);
  const diagnostic = await spaceNotFound({ api, applying: false }, "team", "space_id");
  expect([diagnostic?.code, requests]).toEqual([code, expectedRequests]);
});

it("is only a warning while the process applies, because an error would leave the old object of a replacement deposed", async () => {
  const { api } = createApi([[], []]);
  expect((await spaceNotFound({ api, applying: true }, "team", "space_id"))?.severity).toBe("warning");
  expect((await spaceNotFound({ api, applying: false }, "team", "space_id"))?.severity).toBe("error");
});

it.each<[string, readonly string[], string, RegExp, RegExp]>([
  ["the name of a Space", ["Payments"], "PAYMENTS", /The Space "Payments" has the ID "payments"\./, /^Set space_id = "payments"\.$/],
  ["a name that two Spaces have", ["Payments", "PAYMENTS"], "paYments", /"Payments".*"PAYMENTS"/, /^Set space_id to one of these IDs\.$/],
  [
    "nothing",
    ["Payments"],
    "ledger",
    /cannot see a Space with the ID "ledger"\.$/,
    /not its name.*reference it: bitlift_space\.<name>\.id/,
  ],
])("says what to set if the text is %s", async (_case, names, text, why, fix) => {
  const { api } = createApi([names, names]);
  const diagnostic = await spaceNotFound({ api, applying: false }, text, "space_id");
  expect(diagnostic?.why).toMatch(why);
  expect(diagnostic?.fix).toMatch(fix);
});
