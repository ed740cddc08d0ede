/** Rule: with published backing, a Space that a part looks up has a path from root, because Spacelift's own provider finds it in no other way. */
import { existingSpaceOf, type FileDraft } from "../draft";
import { fault, type Remark } from "../finding";
import { publishedSpacePath, type PublishedSpacePath } from "../published-space-path";
import { shown } from "../quoting";

export function* spacePaths({ main, spaces, integrations }: FileDraft): Generator<Remark> {
  if (main.backing !== "published") return;
  const pathOf = (reference: string) =>
    publishedSpacePath(reference, (key) => {
      const space = spaces.get(key);
      return space && { existing: existingSpaceOf(space), name: space.value.name, parent: space.parent };
    });
  for (const { key, value } of spaces.values()) {
    if (value.existing?.name === undefined) continue;
    const found = pathOf(key);
    if (found.path !== undefined) continue;
    yield fault(
      "backing-unsupported",
      { holder: value, key: "existing" },
      `the backing is published, and Spacelift's own provider finds Space ${shown(key)} only by its path from root, but ${reasonOf(found)}. Refer to it by its ID: existing: { id: <ID in Spacelift> }.`,
    );
  }
  if (main.parts === undefined || main.parts === "none") return;
  for (const { key, value } of integrations.values()) {
    const space = value.existing === undefined ? spaces.get(value.space ?? "root") : undefined;
    if (space === undefined || space.value.existing !== undefined) continue;
    const found = pathOf(space.key);
    if (found.path !== undefined) continue;
    const correct = found.name === undefined ? `refer to Space ${shown(found.key)} by name and parent instead` : "rename the Space";
    yield fault(
      "backing-unsupported",
      { holder: value, key: "space" },
      `the backing is published, so the part of integration ${shown(key)} finds the Space ${shown(space.key)} of another part by its path from root, but ${reasonOf(found)}. Write parts: none, or ${correct}.`,
    );
  }
}

function reasonOf({ key, name }: Extract<PublishedSpacePath, { path: undefined }>): string {
  return name === undefined
    ? `the file knows Space ${shown(key)} only by its ID`
    : `the name ${shown(name)} of Space ${shown(key)} contains a slash, which separates two Spaces there`;
}
