/** The text of `bitlift explain`. */
import type { Explanation } from "../../../configuration";
import { explanationText } from "../../explain/text";
import { paintFor } from "../../terminal";

it("prints a block for each thing, with lists on several lines, paths on one, and without what is not known", () => {
  const explanation: Explanation = {
    query: "payments",
    found: [
      {
        kind: "Space",
        key: "payments",
        place: { file: "bitlift.yaml", line: 3, column: 5 },
        name: "Payments",
        path: ["root", "platform", "payments"],
        managed: true,
        mayUse: ["payments", "ledger"],
        backing: "bitlift",
        part: undefined,
        address: "bitlift_space.space-payments",
      },
    ],
  };
  expect(explanationText(explanation, paintFor(false)).split("\n")).toEqual([
    "Space payments",
    "  place               bitlift.yaml:3:5",
    "  name                Payments",
    "  path                root > platform > payments",
    "  managed             yes",
    "  its stacks may use  payments",
    "                      ledger",
    "  backing             bitlift",
    "  address             bitlift_space.space-payments",
  ]);
});
