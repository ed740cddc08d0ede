/** Many calls on one connection leave no memory in use: successful, failing and canceled ones. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { data, headers, message, RawClient, requestFields } from "../http2/raw-client";
import { words } from "../http2/frame-bytes";
import { testServer } from "./test-server";

const CALLS = 10_000;
const ROUND = 500;
const GROWTH_BYTES = 2 ** 20;

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const fieldsOf = (method: string) => requestFields({ ":path": `/test.Service/${method}` });
const PRODUCE = message(Buffer.from("30000"));
const ECHO = message(Buffer.alloc(20_000));

async function memoryInUse(): Promise<number> {
  // What a socket has read or written is free only after its callbacks, and the memory outside the heap only after another turn.
  for (let round = 0; round < 3; round++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    collectGarbage();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Starts a call, and ends it on the side of the client. */
function callOf(client: RawClient, stream: number): void {
  switch ((stream >>> 1) % 6) {
    case 0:
      return client.send(headers(stream, fieldsOf("Echo")), data(stream, ECHO.subarray(0, 9_000), 0), data(stream, ECHO.subarray(9_000)));
    case 1:
      return client.send(headers(stream, fieldsOf("Fail")), data(stream, message(Buffer.alloc(0))));
    case 2:
      return client.send(headers(stream, fieldsOf("None")));
    case 3:
      // Canceled while it runs.
      return client.send(headers(stream, fieldsOf("Slow")), data(stream, message(Buffer.from("2"))), cancel(stream));
    case 4:
      // Canceled before its message is complete.
      return client.send(headers(stream, fieldsOf("Echo")), data(stream, ECHO.subarray(0, 9_000), 0), cancel(stream));
    default:
      return client.send(headers(stream, fieldsOf("Produce")), data(stream, PRODUCE));
  }
}

/** Ten times what it takes on a busy machine with two cores. */
const MAXIMUM_MILLISECONDS = 200_000;

const cancel = (stream: number) => ({ type: "RST_STREAM", stream, payload: words(8) }) as const;

it(
  "10,000 calls use as much memory as 2,000",
  async () => {
    const server = await testServer();
    const client = await RawClient.open(server.port);
    const samples: number[] = [];
    for (let count = 0; count < CALLS; count += ROUND) {
      for (let index = count; index < count + ROUND; index++) callOf(client, 2 * index + 1);
      client.send({ type: "WINDOW_UPDATE", payload: words(20_000_000) });
      await client.settle();
      client.frames.length = 0;
      server.reasons.length = 0;
      samples.push(await memoryInUse());
    }
    const [atFirst = 0, atLast = 0] = [samples[2_000 / ROUND - 1], samples.at(-1)];
    expect(client.goAway).toBeUndefined();
    expect(server.faults).toEqual([]);
    expect(atLast - atFirst).toBeLessThan(GROWTH_BYTES);
    client.socket.destroy();
    server.close();
  },
  MAXIMUM_MILLISECONDS,
);
