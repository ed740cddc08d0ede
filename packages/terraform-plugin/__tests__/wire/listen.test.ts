/** Connections that arrive before a provider serves them, or that fail. */
import { once } from "node:events";
import * as net from "node:net";
import { listen, type ListeningServer } from "../../wire/listen";
import { pluginLog } from "../../wire/log";

const lines: string[] = [];
const log = pluginLog("test", "error", (line) => lines.push(line));
let server: ListeningServer;
let listener: net.Server;

beforeEach(async () => {
  lines.length = 0;
  const listening = jest.spyOn(net.Server.prototype, "listen");
  // Without a usable folder for a socket, the server listens on a port.
  server = await listen({ PLUGIN_UNIX_SOCKET_DIR: "/missing" }, log);
  listener = listening.mock.contexts[0] as net.Server;
  listening.mockRestore();
});
afterEach(() => {
  listener.close();
});

const connect = async () => {
  const socket = net.connect({ port: Number(server.endpoint.split(":")[1]), host: "127.0.0.1" });
  await once(socket, "connect");
  return socket;
};

it("a connection waits until the provider is loaded", async () => {
  const socket = await connect();
  socket.write("early");
  const accepted = new Promise<net.Socket>((resolve) => {
    server.acceptWith(resolve);
  });
  const [received] = (await once(await accepted, "data")) as [Buffer];
  expect(received.toString()).toBe("early");
  socket.destroy();
});

it("a client that aborts its connection in that time does not end the plugin", async () => {
  const [aborted, next] = [await connect(), await connect()];
  aborted.resetAndDestroy();
  await new Promise((resolve) => setTimeout(resolve, 50));
  const states: boolean[] = [];
  server.acceptWith((socket) => states.push(socket.destroyed));
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(states).toEqual([true, false]);
  next.destroy();
});

it("a connection that cannot be accepted is logged, however often that happens", () => {
  for (let count = 0; count < 3; count++) listener.emit("error", new Error("accept EMFILE"));
  expect(lines).toHaveLength(3);
  expect(lines[0]).toContain("accept EMFILE");
});
