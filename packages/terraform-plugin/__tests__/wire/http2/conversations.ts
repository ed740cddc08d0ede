/** Conversations of a client with random calls: valid ones, damaged ones, and nonsense. */
import { frameBytes, literalBlock, PREFACE, settings, TYPES, words } from "./frame-bytes";
import type { Random } from "./random";
import { message, type Fields } from "./raw-client";

const END_STREAM = 1;
const END_HEADERS = 4;
const PADDED = 8;
const PRIORITY = 0x20;

const PSEUDO_FIELDS: Fields = [
  [":method", "POST"],
  [":scheme", "http"],
  [":authority", "localhost"],
];
const REGULAR_FIELDS: Fields = [
  ["content-type", "application/grpc+proto"],
  ["te", "trailers"],
];

const PATHS = ["Echo", "Echo", "Produce", "Wait", "Fail", "Watch", "Upload", "None"].map((name) => `/test.Service/${name}`);

/** The parts of a valid conversation: the preface, then one frame each. */
export function validConversation(random: Random): Buffer[] {
  const parts = [PREFACE, frameBytes({ type: "SETTINGS", payload: random.chance(0.3) ? randomSettings(random) : Buffer.alloc(0) })];
  const queues = Array.from({ length: 1 + random.below(5) }, (_, index) => callFrames(random, 2 * index + 1, index === 0));
  // Streams must begin in order; after that, their frames mix.
  const begun: Buffer[][] = [];
  while (queues.length > 0 || begun.length > 0) {
    const queue = queues.length > 0 && (begun.length === 0 || random.chance(0.3)) ? queues.shift() : random.pick(begun);
    if (queue === undefined) break;
    if (!begun.includes(queue)) begun.push(queue);
    // A header block is never interrupted.
    do parts.push(queue.shift() ?? Buffer.alloc(0));
    while (queue[0]?.readUInt8(3) === TYPES.indexOf("CONTINUATION"));
    if (queue.length === 0) begun.splice(begun.indexOf(queue), 1);
    if (random.chance(0.2)) parts.push(connectionFrame(random));
  }
  if (random.chance(0.1)) parts.push(frameBytes({ type: "GOAWAY", payload: words(0, 0) }));
  return parts;
}

function randomSettings(random: Random): Buffer {
  return settings([1, random.below(10_000)], [4, random.pick([0, 1, 100, 65_535, 2 ** 20, 2 ** 30])], [5, 16_384 + random.below(1_000)]);
}

function connectionFrame(random: Random): Buffer {
  switch (random.below(4)) {
    case 0:
      return frameBytes({ type: "PING", payload: random.bytes(8), flags: random.below(2) });
    case 1:
      return frameBytes({ type: "SETTINGS", payload: randomSettings(random) });
    case 2:
      return frameBytes({ type: "WINDOW_UPDATE", payload: words(1 + random.below(10_000)) });
    default:
      return frameBytes({ type: 10 + random.below(246), flags: random.below(256), stream: random.below(9), payload: random.bytes(9) });
  }
}

/** The frames of one call. The first call puts its fields into the table, and the others refer to them there. */
function callFrames(random: Random, stream: number, isFirst: boolean): Buffer[] {
  const block = (isFirst ? firstBlock : laterBlock)([":path", random.pick(PATHS)]);
  const content = random.chance(0.5) ? Buffer.from(String(random.below(100_000))) : random.bytes(random.below(300));
  const frames = headerFrames(random, stream, block);
  const headerCount = frames.length;
  const body = message(content);
  for (let position = 0; position < body.length;) {
    const size = random.chance(0.7) ? body.length : 1 + random.below(40);
    frames.push(dataFrame(random, stream, body.subarray(position, position + size), position + size >= body.length));
    position += size;
  }
  if (random.chance(0.15))
    frames.splice(headerCount + random.below(frames.length), 0, frameBytes({ type: "RST_STREAM", stream, payload: words(8) }));
  if (random.chance(0.2))
    frames.splice(headerCount + random.below(frames.length), 0, frameBytes({ type: "WINDOW_UPDATE", stream, payload: words(9) }));
  return frames;
}

/** Every field except the path becomes an entry of the table. */
function firstBlock(path: Fields[number]): Buffer {
  return Buffer.concat([...PSEUDO_FIELDS.map(indexedLiteral), literalBlock([path]), ...REGULAR_FIELDS.map(indexedLiteral)]);
}

function indexedLiteral(field: Fields[number]): Buffer {
  const block = literalBlock([field]);
  block[0] = 0x40;
  return block;
}

/** The newest entry has the number 62. */
function laterBlock(path: Fields[number]): Buffer {
  return Buffer.concat([Buffer.from([66, 65, 64].map((entry) => 0x80 | entry)), literalBlock([path]), Buffer.of(0x80 | 63, 0x80 | 62)]);
}

function headerFrames(random: Random, stream: number, block: Buffer): Buffer[] {
  const hasPriority = random.chance(0.2);
  const padding = random.chance(0.2) ? random.below(20) : undefined;
  const split = random.chance(0.2) ? random.below(block.length) : block.length;
  const content = Buffer.concat([hasPriority ? Buffer.from("0000000010", "hex") : Buffer.alloc(0), block.subarray(0, split)]);
  const flags = (split === block.length ? END_HEADERS : 0) | (hasPriority ? PRIORITY : 0) | (padding === undefined ? 0 : PADDED);
  const first = frameBytes({ type: "HEADERS", stream, flags, payload: padded(content, padding) });
  if (split === block.length) return [first];
  return [first, frameBytes({ type: "CONTINUATION", stream, flags: END_HEADERS, payload: block.subarray(split) })];
}

function dataFrame(random: Random, stream: number, content: Buffer, isLast: boolean): Buffer {
  const padding = random.chance(0.1) ? random.below(20) : undefined;
  const flags = (isLast ? END_STREAM : 0) | (padding === undefined ? 0 : PADDED);
  return frameBytes({ type: "DATA", stream, flags, payload: padded(content, padding) });
}

function padded(content: Buffer, padding: number | undefined): Buffer {
  return padding === undefined ? content : Buffer.concat([Buffer.of(padding), content, Buffer.alloc(padding)]);
}

/** Damages a conversation in one of many ways. */
export function damage(random: Random, parts: Buffer[]): void {
  const index = random.below(parts.length);
  const part = parts[index] ?? Buffer.alloc(0);
  const isFrame = part.length >= 9 && index > 0;
  switch (random.below(isFrame ? 10 : 5)) {
    case 0:
      return flipBytes(random, part);
    case 1:
      parts.splice(index, 1);
      return;
    case 2:
      parts.splice(index, 0, ...Array.from({ length: 1 + random.below(3) }, () => part));
      return;
    case 3:
      parts.splice(random.below(parts.length), 0, ...parts.splice(index, 1));
      return;
    case 4:
      parts.splice(index, 0, randomFrame(random));
      return;
    case 5:
      part.writeUIntBE(random.pick([0, 1, 4, 5, 8, 16_384, 16_385, 2 ** 24 - 1, part.length - 9 + random.below(5)]), 0, 3);
      return;
    case 6:
      part.writeUInt8(random.below(14), 3);
      return;
    case 7:
      part.writeUInt8(random.chance(0.5) ? random.below(256) : part.readUInt8(4) ^ (1 << random.below(8)), 4);
      return;
    case 8:
      part.writeUInt32BE(random.pick([0, 1, 2, 3, 5, 9, 2 ** 31 - 1, 2 ** 31 + 1]), 5);
      return;
    default:
      parts[index] = part.subarray(0, random.below(part.length));
  }
}

function flipBytes(random: Random, part: Buffer): void {
  for (let count = 1 + random.below(4); count > 0; count--) if (part.length > 0) part[random.below(part.length)] = random.below(256);
}

/** A frame with a valid header and a random payload, which often has the size that its type needs. */
export function randomFrame(random: Random): Buffer {
  const size = random.pick([0, 4, 5, 6, 8, 12, 13, random.below(60), random.below(400)]);
  const payload = random.chance(0.3) ? words(...Array.from({ length: size >>> 2 }, () => random.below(4))) : random.bytes(size);
  return frameBytes({
    type: random.below(11),
    flags: random.pick([0, 1, 4, 5, random.below(256)]),
    stream: random.pick([0, 0, 1, 1, 3, 5, 7, 2]),
    payload,
  });
}

/** The bytes of one input, in the chunks in which they arrive. */
export function randomInput(random: Random): { readonly chunks: readonly Buffer[]; readonly isValid: boolean } {
  const choice = random.next();
  const start = [PREFACE, frameBytes({ type: "SETTINGS" })];
  if (choice < 0.1) return { chunks: chunksOf(random, validConversation(random)), isValid: true };
  if (choice < 0.7) {
    const parts = validConversation(random).map((part) => Buffer.from(part));
    for (let count = 1 + random.below(3); count > 0 && parts.length > 0; count--) damage(random, parts);
    return { chunks: chunksOf(random, parts), isValid: false };
  }
  if (choice < 0.9) {
    const frames = Array.from({ length: 1 + random.below(12) }, () => randomFrame(random));
    return { chunks: chunksOf(random, [...start, ...frames]), isValid: false };
  }
  return { chunks: chunksOf(random, [...(random.chance(0.7) ? start : []), random.bytes(1 + random.below(300))]), isValid: false };
}

/** Cuts the bytes at random places: at each of them, at the ends of frames, or nowhere. */
function chunksOf(random: Random, parts: readonly Buffer[]): readonly Buffer[] {
  const style = random.below(4);
  if (style === 0) return parts;
  const bytes = Buffer.concat(parts);
  if (style === 1) return [bytes];
  const longest = style === 2 ? 3 : 80;
  const chunks: Buffer[] = [];
  for (let position = 0; position < bytes.length;) {
    const size = 1 + random.below(longest);
    chunks.push(bytes.subarray(position, position + size));
    position += size;
  }
  return chunks;
}
