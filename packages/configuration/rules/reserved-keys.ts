/** Rule: no Space has the key of the root Space. */
import { ROOT_SPACE_ID } from "../../domain";
import type { FileDraft } from "../draft";
import { fault, type Remark } from "../finding";

export function* reservedKeys({ spaces }: FileDraft): Generator<Remark> {
  const root = spaces.get(ROOT_SPACE_ID);
  if (root === undefined) return;
  yield fault(
    "key-reserved",
    root.at,
    'the Space key "root" is reserved, because root is the Space of the whole account. Choose another key; a Space at the top of the file is in root.',
  );
}
