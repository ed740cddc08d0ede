/** Texts about parts that run at the same time, in the order of the parts. */
import { Turns } from "../../deployment/turns";

function turnsOf(...names: readonly string[]) {
  const printed: string[] = [];
  const turns = new Turns(names);
  return { turns, printed, print: (name: string, text: string) => turns.print(name, () => printed.push(text)) };
}

it("prints about the first name at once, and about others when all before them have ended", () => {
  const { turns, printed, print } = turnsOf("a", "b", "c");
  print("c", "c1");
  turns.end("c");
  print("b", "b1");
  print("a", "a1");
  expect(printed).toEqual(["a1"]);
  turns.end("a");
  expect(printed).toEqual(["a1", "b1"]);
  print("b", "b2");
  turns.end("b");
  expect(printed).toEqual(["a1", "b1", "b2", "c1"]);
});

it("prints about none of the names at once", () => {
  const { printed, print } = turnsOf("a");
  print("other", "text");
  expect(printed).toEqual(["text"]);
});

it("prints everything in the end, also behind a name that never ends", () => {
  const { turns, printed, print } = turnsOf("a", "b", "c");
  print("c", "c1");
  turns.end("c");
  print("b", "b1");
  turns.flush();
  expect(printed).toEqual(["b1", "c1"]);
});
