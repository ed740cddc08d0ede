/** Rule: no key is one that the app uses itself. */
import { ROOT_SPACE_ID } from "../../domain";
import type { FileDraft } from "../draft";
import { fault, type Remark } from "../finding";
import { shown } from "../quoting";

/** Construct IDs that the stacks use themselves. */
const RESERVED_INTEGRATION_KEY = /^(bitlift|backend|space-.*|server-.*|variable-.*)$/;

export function* reservedKeys({ spaces, integrations }: FileDraft): Generator<Remark> {
  const root = spaces.get(ROOT_SPACE_ID);
  if (root !== undefined) {
    yield fault("key-reserved", root.at, `the Space key "root" is reserved, because root is the Space of the whole account. Choose another key; a Space at the top is in root.`);
  }
  for (const { key, at } of integrations.values()) {
    if (!RESERVED_INTEGRATION_KEY.test(key)) continue;
    yield fault("key-reserved", at, `the integration key ${shown(key)} is reserved for the stacks themselves. Choose another key.`);
  }
}
