/** The proxy that leads the published provider for Bitbucket Cloud to a sandbox. */
import { readFileSync } from "node:fs";
import { createServer, request, type RequestListener, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { connect } from "node:tls";
import { redirectBitbucketCloud } from "../redirect";

let sandbox: Server;

afterEach(() => sandbox.close());

async function startSandbox(listener: RequestListener): Promise<string> {
  sandbox = createServer(listener);
  await new Promise<void>((resolve) => sandbox.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(sandbox.address() as AddressInfo).port}`;
}

/** Everything that a program receives that uses the proxy and asks for `https://api.bitbucket.org/2.0/user`. */
async function getUser(url: string): Promise<string> {
  const { proxy, certificate } = await redirectBitbucketCloud(url);
  const tunnel = await new Promise<Socket>((resolve) => {
    request(proxy, { method: "CONNECT", path: "api.bitbucket.org:443" })
      .on("connect", (_response, socket: Socket) => resolve(socket))
      .end();
  });
  const connection = connect({ socket: tunnel, servername: "api.bitbucket.org", ca: readFileSync(certificate) });
  connection.write("GET /2.0/user HTTP/1.1\r\nHost: api.bitbucket.org\r\nConnection: close\r\n\r\n");
  let text = "";
  for await (const chunk of connection) text += String(chunk);
  return text;
}

it("forwards a request with its path, and the response", async () => {
  const url = await startSandbox(({ url: path = "" }, response) => response.end(`response for ${path}`));
  expect(await getUser(url)).toContain("response for /2.0/user");
});

it("cuts a response that the sandbox cuts", async () => {
  const url = await startSandbox((_request, response) => {
    response.writeHead(200, { "content-length": 100 });
    response.write("half", () => response.destroy());
  });
  expect(await getUser(url)).toMatch(/half$/);
});
