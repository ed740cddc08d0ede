/** Values that replace invalid ones, so that the app is built to its end and all findings are reported at once. */
import { Lazy } from "../host";
import { Construct } from "constructs";
import type { BitbucketProduct } from "../../packages/domain";
import type { IBitbucketIntegration } from "../integration-reference";
import { processWide } from "../process-wide";
import type { IRepository } from "../repository";
import type { ISpace } from "../space-reference";

/** A token, because the rules do not check tokens. */
export const UNKNOWN_TEXT: string = processWide("unknown text", () => Lazy.stringValue({ produce: () => undefined }));

const objects = processWide("stand-ins", () => new WeakSet<object>());

/** Whether a value replaces an invalid one, which has been reported. */
export function isStandIn(value: unknown): boolean {
  return value === UNKNOWN_TEXT || (typeof value === "object" && value !== null && objects.has(value));
}

/** An object instead of an invalid one. */
export function standIn<T extends object>(value: T): T {
  objects.add(value);
  return value;
}

/** The value, or another object if it was rejected. A rejected value is undefined. */
export function orStandIn<T extends object>(value: T | undefined, create: () => T): T {
  return value ?? create();
}

export const UNKNOWN_SPACE: ISpace = standIn({ spaceId: UNKNOWN_TEXT, parentSpace: undefined, inheritsEntities: undefined });

/** A repository instead of an invalid one. */
export function unknownRepository<P extends BitbucketProduct>(product: P): IRepository<P> {
  return standIn({ product, namespace: UNKNOWN_TEXT, slug: UNKNOWN_TEXT, path: undefined });
}

/** An integration instead of an invalid one. It belongs to the construct that received the invalid one. */
export function unknownIntegration<P extends BitbucketProduct>(scope: Construct, product: P): IBitbucketIntegration<P> {
  return standIn(
    Object.assign(new Construct(scope, "UnknownIntegration"), {
      product,
      fqn: UNKNOWN_TEXT,
      integrationId: UNKNOWN_TEXT,
      webhookUrl: UNKNOWN_TEXT,
      webhookSecretFingerprint: UNKNOWN_TEXT,
      replacementOrder: "create-first" as const,
      provider: undefined,
      backing: "bitlift" as const,
      isAvailableTo: () => "unknown" as const,
    }),
  );
}
