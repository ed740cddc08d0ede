/** The text that names stacks and modules in a message. */
import type { Consumer } from "../../../clients";
import { listConsumers } from "../../integration/consumers";

const consumers = (count: number): readonly Consumer[] =>
  Array.from({ length: count }, (_, index) => ({
    kind: "stack",
    id: `${index + 1}`,
    name: `Stack ${index + 1}`,
    spaceId: "root",
    namespace: "acme",
    repository: "infra",
    branch: "main",
    integrationId: "payments",
    provider: "BITBUCKET_CLOUD",
    detached: false,
  }));

it.each([
  [0, ""],
  [2, 'stack "Stack 1" (1), stack "Stack 2" (2)'],
])("names all of %i consumers", (count, text) => {
  expect(listConsumers(consumers(count))).toBe(text);
});

it("names 20 of 23 consumers, and counts the others", () => {
  const text = listConsumers(consumers(23));
  expect(text).toContain('"Stack 20"');
  expect(text).not.toContain('"Stack 21"');
  expect(text).toMatch(/ and 3 more$/);
});
