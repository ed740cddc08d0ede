/** A proxy that forwards every connection to one server on this machine, whatever host the client names. */
import { createServer, type Server } from "node:http";
import { connect } from "node:net";

/** Returns a proxy that does not listen yet, and the hosts and ports that its clients name. */
export function tunnelingProxy(port: number): { readonly proxy: Server; readonly tunnels: readonly string[] } {
  const tunnels: string[] = [];
  const proxy = createServer().on("connect", (request, socket) => {
    tunnels.push(request.url ?? "");
    const upstream = connect(port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.pipe(socket).pipe(upstream);
    });
    for (const end of [upstream, socket]) end.on("error", () => socket.destroy());
  });
  return { proxy, tunnels };
}
