/** What the engine would read for a part of a file. */
import { Testing } from "cdktf";
import { BitbucketStack, type Configuration } from "../../stacks";
import { content, type Content } from "./file-content";

export interface SynthesizedPart {
  readonly provider: { readonly bitlift: readonly Record<string, unknown>[] };
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Record<string, unknown>>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Record<string, unknown>>>>>;
  readonly variable?: Readonly<Record<string, Record<string, unknown>>>;
  readonly moved?: readonly { readonly from: string; readonly to: string }[];
  readonly terraform: Readonly<Record<string, unknown>>;
}

/** @param name The name of the part. By default, the first one. */
export function synthesizePart(given: Content, name?: string): SynthesizedPart {
  return synthesizeFile(content(given), name);
}

/** The same for the checked content of a file. */
export function synthesizeFile(configuration: Configuration, name?: string): SynthesizedPart {
  const part = configuration.parts.find((candidate) => candidate.name === (name ?? configuration.parts[0]?.name));
  const stack = new BitbucketStack(Testing.app(), part?.name ?? "main", configuration, part);
  return JSON.parse(Testing.synth(stack, true)) as SynthesizedPart;
}

/** The addresses of all resources, sorted. */
export function addressesIn({ resource = {} }: SynthesizedPart): readonly string[] {
  return Object.entries(resource)
    .flatMap(([type, resources]) => Object.keys(resources).map((name) => `${type}.${name}`))
    .sort();
}
