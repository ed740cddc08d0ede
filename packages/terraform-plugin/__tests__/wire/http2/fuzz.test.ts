/** Random input for the server. FUZZ_INPUTS sets how many inputs there are, and FUZZ_SEED the first of them. */
import { decompressor } from "hpack.js";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Method } from "../../../wire/grpc/call";
import { GrpcServer } from "../../../wire/grpc/server";
import { withPrefix, type WaitingCalls } from "../grpc/test-server";
import { randomInput } from "./conversations";
import { errorName, readFrames, type ReadFrame } from "./frame-bytes";
import { MemorySocket } from "./memory-socket";
import { Random } from "./random";

const INPUTS = Number(process.env.FUZZ_INPUTS ?? 20_000);
const SEED = Number(process.env.FUZZ_SEED ?? 1);

/** Memory may grow by this much after the first inputs: noise of the collector. */
const GROWTH_BYTES = 24 * 2 ** 20;
const END_STREAM = 1;

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

const waiting: WaitingCalls = [];
const faults: string[] = [];

const unary = (bytes: (request: Buffer) => Uint8Array): Method => ({ run: (request) => Promise.resolve(withPrefix(bytes(request))) });
const server = new GrpcServer(
  new Map<string, Method>([
    ["/test.Service/Echo", unary((request) => request)],
    ["/test.Service/Produce", unary((request) => Buffer.alloc((Number(request.toString("latin1")) || 0) % 100_000))],
    ["/test.Service/Wait", { run: async (request) => withPrefix(await new Promise<Buffer>((done) => waiting.push(() => done(request)))) }],
    ["/test.Service/Fail", { run: () => Promise.reject(new Error("ümlaut\n")) }],
    ["/test.Service/Watch", { endsWithRequest: false }],
    ["/test.Service/Upload", { endsWithRequest: true }],
  ]),
  { debug: () => undefined, error: (_message, { reason }) => faults.push(reason) },
);

/** Delivers one input, and lets every call end. Returns what the server wrote, and whether it ended the connection. */
async function serve(random: Random, chunks: readonly Buffer[], clientReads: boolean): Promise<{ written: Buffer; hasEnded: boolean }> {
  const socket = new MemorySocket(clientReads);
  server.accept(socket);
  await Promise.resolve();
  for (const chunk of chunks) {
    socket.deliver(chunk);
    if (random.chance(0.1)) await nextTurn();
    if (random.chance(0.1)) waiting.shift()?.();
  }
  await nextTurn();
  for (const end of waiting.splice(0)) end();
  await nextTurn();
  const { written, writableEnded: hasEnded } = socket;
  if (clientReads) socket.hangUp();
  else socket.destroy();
  await nextTurn();
  if (!socket.destroyed) throw new Error("the socket is not closed");
  return { written, hasEnded };
}

/** Checks what the server wrote, and returns its last word. */
function outcomeOf(written: Buffer, hasEnded: boolean, isValid: boolean): string {
  const { frames, rest } = readFrames(written);
  if (rest.length > 0) throw new Error("the last frame is incomplete");
  if (frames[0]?.type !== "SETTINGS") throw new Error("the first frame is not SETTINGS");
  const goAway = frames.findIndex(({ type }) => type === "GOAWAY");
  if (goAway >= 0 && (goAway !== frames.length - 1 || !hasEnded)) throw new Error("GOAWAY is not the end");
  const resets = checkStreams(frames);
  if (goAway >= 0) {
    const payload = frames[goAway]?.payload ?? Buffer.alloc(8);
    const outcome = `GOAWAY ${errorName(payload.readUInt32BE(4))}`;
    if (isValid) throw new Error(`a valid conversation ended with ${outcome}: ${payload.toString("utf8", 8)}`);
    return outcome;
  }
  if (resets > 0) return "RST_STREAM";
  return frames.some(({ type }) => type === "HEADERS") ? "responses" : "no response";
}

/** Each stream receives a head, then data, then an end. Returns the number of streams that were reset. */
function checkStreams(frames: readonly ReadFrame[]): number {
  const states = new Map<number, "head" | "ended" | "reset">();
  for (const { type, flags, stream } of frames) {
    if (stream === 0) continue;
    const state = states.get(stream);
    const isEnd = (flags & END_STREAM) !== 0;
    if (stream % 2 === 0 || type === "SETTINGS" || type === "PING" || type === "GOAWAY") throw new Error(`${type} of stream ${stream}`);
    if (type === "WINDOW_UPDATE") continue;
    if (state === "reset") throw new Error(`${type} after a reset`);
    if (type === "RST_STREAM") states.set(stream, "reset");
    else if (state === "ended" || (type === "DATA" && state !== "head")) throw new Error(`${type} in the state ${state}`);
    else states.set(stream, isEnd ? "ended" : "head");
  }
  return [...states.values()].filter((state) => state === "reset").length;
}

/** Throws if a block cannot be decoded. */
function checkBlocks(written: Buffer): void {
  const decoder = decompressor.create({ table: { maxSize: 4096 } });
  decoder.once("error", (failure) => {
    throw failure;
  });
  for (const { type, payload } of readFrames(written).frames) if (type === "HEADERS") decoder.write(payload);
  decoder.execute();
}

function memoryInUse(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const outcomes = new Map<string, number>();
const samples: number[] = [];

it(
  `${INPUTS} inputs from seed ${SEED}: the server responds, or ends the stream or the connection`,
  async () => {
    const start = performance.now();
    for (let input = 0; input < INPUTS; input++) {
      const seed = SEED + input;
      const random = new Random(seed);
      const { chunks, isValid } = randomInput(random);
      const clientReads = !random.chance(0.05);
      try {
        const { written, hasEnded } = await serve(random, chunks, clientReads);
        if (clientReads) {
          const outcome = outcomeOf(written, hasEnded, isValid);
          outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
          if (input % 20 === 0) checkBlocks(written);
        }
        if (faults.length > 0) throw new Error(`the server failed: ${faults.join()}`);
      } catch (thrown) {
        throw new Error(`input ${seed}: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}`);
      }
      if (input % Math.ceil(INPUTS / 10) === Math.ceil(INPUTS / 10) - 1) samples.push(memoryInUse());
    }
    if (process.env.FUZZ_INPUTS !== undefined) report((performance.now() - start) / 1_000);
  },
  60_000 + INPUTS,
);

it("the memory in use stays the same", () => {
  const [first = 0, ...later] = samples;
  expect(Math.max(...later) - first).toBeLessThan(GROWTH_BYTES);
});

it("no timer of a connection is left", () => {
  expect(process.getActiveResourcesInfo().filter((name) => name === "Timeout").length).toBeLessThan(5);
});

function report(seconds: number): void {
  const mebibytes = samples.map((bytes) => (bytes / 2 ** 20).toFixed(1)).join(", ");
  const counts = [...outcomes].sort(([, a], [, b]) => b - a).map(([outcome, count]) => `  ${outcome}: ${count}`);
  const lines = [
    `${INPUTS} inputs in ${seconds.toFixed(0)} s, ${(INPUTS / seconds).toFixed(0)} per second`,
    `memory in use after each tenth, in MiB: ${mebibytes}; largest resident size: ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB`,
    ...counts,
  ];
  process.stderr.write(`${lines.join("\n")}\n`);
}
