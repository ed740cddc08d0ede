/** Whether two findings, of two plans, are the same: they say the same of the same object, and concern the same people. */
import { createHash } from "node:crypto";
import type { Finding } from "../finding";

export function fingerprintOf({ code, severity, subject, what, affected }: Finding): string {
  const consumers = affected.consumers.map(({ kind, id }) => `${kind} ${id}`).sort();
  const content = [
    code,
    severity,
    subject.key,
    subject.address ?? "",
    what,
    consumers,
    affected.unnamed,
    [...affected.repositories].sort(),
  ];
  return createHash("sha256").update(JSON.stringify(content)).digest("hex");
}
