/** How a file is split into parts, and in which order they are applied. */
import { configurationOf } from "./temporary-files";

const FILE = [
  "version: 1",
  'state: { backend: { s3: { bucket: b, key: "x/{part}.tfstate", tags: ["{part}"] } } }',
  "spaces:",
  "  platform: { name: Platform, spaces: { payments: { name: Payments } } }",
  "  elsewhere: { existing: { id: e-01 } }",
  "  below: { existing: { name: Below, parent: platform } }",
  "integrations:",
  "  a: { cloud: { email: a@acme.example, token: { env: T } }, name: A, space: payments }",
  "  b: { cloud: { email: a@acme.example, token: { env: T } }, name: B }",
  "  c: { cloud: { email: a@acme.example, token: { env: T } }, name: C, space: elsewhere }",
  "  d: { cloud: { email: a@acme.example, token: { env: T } }, name: D, space: below }",
  "  e: { cloud: {}, existing: { id: e } }",
].join("\n");

const summary = (text: string) =>
  configurationOf(text).parts.map(({ name, spaces, integrations, after }) => ({ name, spaces, integrations, after }));

it("is one part named main by default", () => {
  const [part] = configurationOf(FILE).parts;
  expect(part).toEqual({
    name: "main",
    spaces: ["platform", "payments"],
    integrations: ["a", "b", "c", "d", "e"],
    after: [],
    backend: { type: "s3", arguments: { bucket: "b", key: "x/main.tfstate", tags: ["main"] } },
  });
});

it("gives each integration a part, after that of the Spaces if one of them is needed", () => {
  expect(summary(`${FILE}\nparts: integration`)).toEqual([
    { name: "spaces", spaces: ["platform", "payments"], integrations: [], after: [] },
    { name: "a", spaces: [], integrations: ["a"], after: ["spaces"] },
    { name: "b", spaces: [], integrations: ["b"], after: [] },
    { name: "c", spaces: [], integrations: ["c"], after: [] },
    { name: "d", spaces: [], integrations: ["d"], after: ["spaces"] },
    { name: "e", spaces: [], integrations: ["e"], after: [] },
  ]);
});

it("follows a list, each part with its own state", () => {
  const text = `${FILE}\nparts:\n  - { name: first, integrations: [b, c] }\n  - { name: second, integrations: [e, d, a] }`;
  expect(summary(text).slice(1)).toEqual([
    { name: "first", spaces: [], integrations: ["b", "c"], after: [] },
    { name: "second", spaces: [], integrations: ["e", "d", "a"], after: ["spaces"] },
  ]);
  expect(configurationOf(text).parts.map(({ backend }) => backend?.arguments["key"])).toEqual([
    "x/spaces.tfstate",
    "x/first.tfstate",
    "x/second.tfstate",
  ]);
});

it("has no part for Spaces if the file manages none", () => {
  expect(
    summary("version: 1\nparts: integration\nintegrations:\n  a: { cloud: { email: a@acme.example, token: { env: T } }, name: A }"),
  ).toEqual([{ name: "a", spaces: [], integrations: ["a"], after: [] }]);
});
