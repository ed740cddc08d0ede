/** Pages of lists: where they start, how long they are, and where the next page begins. */
import { type DatacenterTestService, HOOK, startDatacenter } from "./test-service";

const HOOKS = "/projects/PLAT/repos/infra/webhooks";

let server: DatacenterTestService;
beforeEach(async () => {
  server = await startDatacenter();
  for (let index = 0; index < 27; index++) await server.request("POST", HOOKS, { body: { ...HOOK, name: String(index) } });
});
afterEach(() => server.stop());

interface Page {
  readonly values: readonly { readonly name: string }[];
  readonly nextPageStart?: number;
}

const pageAt = async (query: string) => (await server.request("GET", `${HOOKS}?${query}`)).body as Page;
const names = ({ values }: Page) => values.map(({ name }) => Number(name));

it("pages have 25 items by default, and say where the next page begins", async () => {
  const first = await pageAt("");
  expect(first).toMatchObject({ size: 25, limit: 25, isLastPage: false, start: 0, nextPageStart: 25 });
  const second = await pageAt(`start=${first.nextPageStart}`);
  expect(second).toMatchObject({ size: 2, limit: 25, isLastPage: true, start: 25 });
  expect(second).not.toHaveProperty("nextPageStart");
  expect([...names(first), ...names(second)]).toEqual(Array.from({ length: 27 }, (_, index) => index));
});

it("pages have as many items as the limit, up to the maximum of the server, and return the limit that applied", async () => {
  expect(await pageAt("limit=2&start=26")).toMatchObject({ size: 1, limit: 2, isLastPage: true });
  expect(await pageAt("limit=27")).toMatchObject({ size: 27, isLastPage: true });
  expect(await pageAt("limit=5000")).toMatchObject({ limit: 1000 });
  await server.control("switches", { "page-limit": 10 });
  expect(await pageAt("limit=100")).toMatchObject({ size: 10, limit: 10, nextPageStart: 10 });
  expect(await pageAt("start=100")).toMatchObject({ size: 0, isLastPage: true, values: [] });
});

it("pages have gaps between their starts if the switch says so, so that only nextPageStart finds the next page", async () => {
  await server.control("switches", { "page-starts": "gaps" });
  const received: number[] = [];
  for (let start: number | undefined = 0; start !== undefined;) {
    const page: Page = await pageAt(`limit=4&start=${start}`);
    received.push(...names(page));
    expect(page.nextPageStart).not.toBe(start + 4);
    start = page.nextPageStart;
  }
  expect(received).toEqual(Array.from({ length: 27 }, (_, index) => index));
  expect(names(await pageAt("limit=4&start=4"))).not.toEqual([4, 5, 6, 7]);
});

it.each([
  ["limit=0", "limit"],
  ["limit=-1", "limit"],
  ["limit=many", "limit"],
  ["start=-1", "start"],
  ["start=x", "start"],
])("reject %s", async (query, context) => {
  const response = await server.request("GET", `${HOOKS}?${query}`);
  expect([response.status, response.body.errors[0].context]).toEqual([400, context]);
});
