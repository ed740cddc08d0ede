/** Pull requests, comments, build statuses and Code Insights of both products, against the sandbox. */
import { startSandbox, type Sandbox } from "../../../sandbox";
import { BitbucketCloud } from "../../bitbucket/cloud/client";
import { BitbucketPipelines } from "../../bitbucket/cloud/pipelines";
import { BitbucketDatacenter } from "../../bitbucket/datacenter/client";
import type { InsightsAnnotation } from "../../bitbucket/pull-requests";
import { rejectionOf, settings } from "../http/stub-server";

type Product = "bitbucketCloud" | "bitbucketDatacenter";

const BRANCH = 'feature/"quoted"-name';
const report = {
  key: "bitlift-review",
  title: "Review",
  details: "1 danger.",
  passed: false,
  url: undefined,
  numbers: [{ title: "Danger", value: 1 }],
};
const status = {
  key: "bitlift-review",
  state: "failed",
  name: "Review",
  description: "x".repeat(2_000),
  url: "https://ci.example/1",
  branch: BRANCH,
} as const;
const annotations = (count: number): readonly InsightsAnnotation[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `a${index}`,
    severity: index === 0 ? "high" : "low",
    summary: index === 1 ? "" : `Finding ${index}`,
    details: "d".repeat(5_000),
    path: index % 2 === 0 ? "bitlift.yaml" : undefined,
    line: index % 2 === 0 ? index + 1 : undefined,
  }));

let sandbox: Sandbox;

afterEach(() => sandbox.stop());

interface Started {
  readonly product: Product;
  readonly repository: { readonly namespace: string; readonly repository: string };
  readonly client: BitbucketCloud | BitbucketDatacenter;
  readonly id: string;
}

function control<T>(product: Product, path: string, body?: object): Promise<T> {
  const init = body === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  return fetch(`${sandbox[product].origin}/_sandbox/${path}`, init).then((response) => response.json() as Promise<T>);
}

const at = (product: Product) =>
  product === "bitbucketCloud" ? { workspace: "acme-workspace", repository: "networking" } : { project: "PLAT", repository: "networking" };

async function start(product: Product, switches: Readonly<Record<string, string | number>> = {}): Promise<Started> {
  sandbox = await startSandbox({ switches: { [product === "bitbucketCloud" ? "bitbucket-cloud" : "bitbucket-datacenter"]: switches } });
  const { id } = await control<{ id: number }>(product, "pull-request", { ...at(product), action: "created", source: BRANCH });
  const client =
    product === "bitbucketCloud"
      ? new BitbucketCloud({ accessToken: "sandbox-review-token" }, `${sandbox.bitbucketCloud.origin}/2.0`, settings())
      : new BitbucketDatacenter({ accessToken: "sandbox-datacenter-review-token" }, sandbox.environment["BITBUCKET_DATACENTER_URL"] ?? "", {
          ...settings(),
          caCertificate: null,
        });
  const namespace = product === "bitbucketCloud" ? "acme-workspace" : "PLAT";
  return { product, repository: { namespace, repository: "networking" }, client, id: `${id}` };
}

describe.each<Product>(["bitbucketCloud", "bitbucketDatacenter"])("%s", (product) => {
  it("reads a pull request, and finds it by its source branch", async () => {
    const { client, repository, id } = await start(product);
    const read = await client.pullRequests.read(repository, id);
    expect(read).toMatchObject({ id, isOpen: true, sourceBranch: BRANCH });
    expect(await client.pullRequests.findOpen(repository, BRANCH)).toEqual([read]);
    expect(await client.pullRequests.findOpen(repository, "feature")).toEqual([]);
    await control(product, "pull-request", { ...at(product), action: "declined", id: Number(id) });
    expect(await client.pullRequests.findOpen(repository, BRANCH)).toEqual([]);
    expect(await rejectionOf(client.pullRequests.read(repository, "999"))).toMatchObject({
      diagnostic: { code: "review-target-not-found" },
      kind: "gone",
    });
  });

  it("lists comments of all pages, without deleted ones", async () => {
    const { client, repository, id } = await start(product);
    const comment = { ...at(product), id: Number(id) };
    await control(product, "comment", { ...comment, action: "add", text: "other", count: 120 });
    const own = await client.pullRequestComments.create(repository, id, "mine");
    const deleted = await client.pullRequestComments.create(repository, id, "deleted");
    await control(product, "comment", { ...comment, action: "delete", comment: Number(deleted.id) });
    const listed = await client.pullRequestComments.list(repository, id);
    expect(listed).toHaveLength(121);
    expect(listed.at(-1)).toMatchObject({ id: own.id, text: "mine", author: own.author });
    expect(listed[0]?.author).not.toBe(own.author);
  });

  it("changes its own comment after somebody else has changed it, and nobody else's", async () => {
    const { client, repository, id } = await start(product);
    const comments = client.pullRequestComments;
    const own = await comments.create(repository, id, "first");
    await control(product, "comment", { ...at(product), id: Number(id), action: "edit", comment: Number(own.id), text: "edited" });
    await comments.change(repository, id, own, "second");
    await control(product, "comment", { ...at(product), id: Number(id), action: "add", text: "other" });
    const listed = await comments.list(repository, id);
    expect(listed.map(({ text }) => text)).toEqual(["second", "other"]);
    const [, other] = listed;
    if (other !== undefined)
      expect(await rejectionOf(comments.change(repository, id, other, "mine"))).toMatchObject({ kind: "not-permitted" });
    await comments.remove(repository, id, own);
    await comments.remove(repository, id, own);
    expect((await comments.list(repository, id)).map(({ text }) => text)).toEqual(["other"]);
  });

  it("sets one status, and replaces the report with its annotations", async () => {
    const { client, repository, id } = await start(product);
    const { sourceCommit: commit } = await client.pullRequests.read(repository, id);
    for (const count of [250, 3, 0]) {
      await client.buildStatuses.set(repository, commit, { ...status, key: "k".repeat(40) });
      await client.codeInsights.replace(repository, commit, report, annotations(count));
      const [stored, ...others] = await control<readonly { annotations: readonly unknown[] }[]>(product, "reports");
      expect(stored?.annotations).toHaveLength(count);
      expect(others).toEqual([]);
    }
    expect(await control(product, "statuses")).toHaveLength(1);
  });

  it("sends at most 1,000 annotations, the first ones", async () => {
    const { client, repository, id } = await start(product);
    const { sourceCommit: commit } = await client.pullRequests.read(repository, id);
    await client.codeInsights.replace(repository, commit, report, annotations(1_201));
    const [stored] = await control<readonly { annotations: readonly unknown[] }[]>(product, "reports");
    expect(stored?.annotations).toHaveLength(1_000);
  });
});

it("reviews that run at once leave each annotation once on Bitbucket Data Center", async () => {
  const { client, repository, id } = await start("bitbucketDatacenter");
  const { sourceCommit: commit } = await client.pullRequests.read(repository, id);
  for (let round = 0; round < 8; round += 1) {
    const reviews = Array.from({ length: 3 }, () => client.codeInsights.replace(repository, commit, report, annotations(4)));
    await Promise.all(reviews);
    const [stored] = await control<readonly { annotations: readonly { externalId: string }[] }[]>("bitbucketDatacenter", "reports");
    expect(stored?.annotations.map(({ externalId }) => externalId).sort()).toEqual(["a0", "a1", "a2", "a3"]);
  }
});

it("a review that is alone adds its annotations to Bitbucket Data Center in one request", async () => {
  const { client, repository, id } = await start("bitbucketDatacenter");
  const { sourceCommit: commit } = await client.pullRequests.read(repository, id);
  const counted = async () => (await control<readonly unknown[]>("bitbucketDatacenter", "requests")).length;
  const before = await counted();
  await client.codeInsights.replace(repository, commit, report, annotations(200));
  // Delete, report, annotations, and the list of them.
  expect((await counted()) - before).toBe(4);
});

it("a conflict on Bitbucket Cloud is tried again", async () => {
  const { client, repository, id } = await start("bitbucketCloud", { "comment-conflict": "once" });
  await client.pullRequestComments.create(repository, id, "text");
  expect(await client.pullRequestComments.list(repository, id)).toHaveLength(1);
});

it("a comment over the ceiling of Bitbucket Cloud is a rejected input, without the page in the message", async () => {
  const { client, repository, id } = await start("bitbucketCloud", { "comment-ceiling": 100 });
  const failure = await rejectionOf(client.pullRequestComments.create(repository, id, "x".repeat(101)));
  expect(failure).toMatchObject({ kind: "bad-input", status: 400, message: expect.not.stringContaining("<") as string });
});

it("the proxy of Pipelines writes Code Insights without a token", async () => {
  const { client, repository, id } = await start("bitbucketCloud");
  const { sourceCommit: commit } = await client.pullRequests.read(repository, id);
  const { proxy } = await control<{ proxy: string }>("bitbucketCloud", "pipeline", { ...at("bitbucketCloud"), id: Number(id) });
  await new BitbucketPipelines(proxy, settings()).codeInsights.replace(repository, commit, report, annotations(120));
  const [stored] = await control<readonly { annotations: readonly unknown[] }[]>("bitbucketCloud", "reports");
  expect(stored?.annotations).toHaveLength(120);
});
