/** Paths by which Spacelift's own provider finds Spaces. */
import { publishedSpacePath } from "..";
import { configurationOf } from "./temporary-files";

const { spaces } = configurationOf(`version: 1
spaces:
  platform: { name: Platform, spaces: { payments: { name: Payments Team } } }
  legacy: { existing: { id: legacy-01 }, spaces: { reports: { name: Reports } } }
  by-name: { existing: { name: Old, parent: payments }, spaces: { inner: { name: Inner } } }
  everything: { existing: { id: root }, spaces: { top: { name: Top } } }
  ci: { name: CI/CD, spaces: { jobs: { name: Jobs } } }
`);

it.each([
  ["root", "root"],
  ["platform", "root/Platform"],
  ["payments", "root/Platform/Payments Team"],
  ["by-name", "root/Platform/Payments Team/Old"],
  ["inner", "root/Platform/Payments Team/Old/Inner"],
  ["everything", "root"],
  ["top", "root/Top"],
])("the path of %s is %s", (key, path) => {
  expect(publishedSpacePath(key, (each) => spaces.get(each))).toEqual({ path });
});

it.each([
  ["legacy", "legacy", undefined],
  ["reports", "legacy", undefined],
  ["ci", "ci", "CI/CD"],
  ["jobs", "ci", "CI/CD"],
])("%s has none because of %s", (reference, key, name) => {
  expect(publishedSpacePath(reference, (each) => spaces.get(each))).toEqual({ path: undefined, key, name });
});

it("ends where Spaces form a circle, which another rule reports", () => {
  const circle = { existing: { name: "A", parent: "a" }, name: undefined, parent: "root" };
  expect(publishedSpacePath("a", () => circle)).toEqual({ path: "root/A" });
});
