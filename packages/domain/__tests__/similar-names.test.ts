/** Suggestions for misspelled names. */
import { mostSimilar } from "../similar-names";

const KNOWN = ["description", "labels", "name", "inheritEntities"];

it.each<[string, string | undefined]>([
  ["descripton", "description"],
  ["Lables", "labels"],
  ["inherit_entities", "inheritEntities"],
  ["nmae", "name"],
  ["color", undefined],
  ["n", undefined],
])("%s: %s", (name, expected) => {
  expect(mostSimilar(name, KNOWN)).toBe(expected);
});
