// The proxy of Bitbucket Pipelines: a step sends it http://api.bitbucket.org/2.0/… without a credential, and it adds one.
import { parsedUrl } from "../../core/parsed-url";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request as httpRequest, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface PipelinesProxy {
  readonly origin: string;
  stop(): Promise<void>;
}

export interface PipelinesProxyOptions {
  /** The origin of the emulated Bitbucket Cloud. */
  readonly target: string;
  readonly token: string;
  /** The scheme of links in responses. */
  readonly links: () => "http" | "https";
}

const API_HOST = "api.bitbucket.org";
/** The request log shows it, so that a test can see which requests came through the proxy. */
const VIA = "1.1 pipelines-proxy";
/** Headers between the caller and the proxy, and those that the proxy sets itself. */
const DROPPED = ["host", "connection", "proxy-connection", "proxy-authorization", "keep-alive", "authorization", "accept-encoding"];

/** Listens on 127.0.0.1 and a free port; the real one listens on port 29418. */
export async function startPipelinesProxy(options: PipelinesProxyOptions): Promise<PipelinesProxy> {
  const server = createServer((message, connection) => forward(message, connection, options));
  server.on("connect", (_, socket) => socket.end("HTTP/1.1 405 Method Not Allowed\r\ncontent-length: 0\r\n\r\n"));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function forward(message: IncomingMessage, connection: ServerResponse, options: PipelinesProxyOptions): void {
  const url = parsedUrl(message.url ?? "");
  if (url === undefined) {
    refuse(connection, 400, "Send the whole address in the request line, such as GET http://api.bitbucket.org/2.0/user.");
    return;
  }
  if (url.protocol !== "http:" || url.host !== API_HOST) {
    refuse(connection, 502, `The proxy forwards only to http://${API_HOST}; the sandbox sends nothing to other machines.`);
    return;
  }
  const headers = { ...withoutDropped(message.headers), authorization: `Bearer ${options.token}`, via: VIA };
  // The path is forwarded as it was sent, because URL would change some of its characters.
  const path = (message.url ?? "").slice(`http://${API_HOST}`.length) || "/";
  const request = httpRequest(`${options.target}${path}`, { method: message.method, headers, agent: false }, (response) => {
    collect(response).then((body) => respond(connection, response, translateLinks(response.headers, body, options)), fail);
  });
  const fail = (): void => {
    connection.destroy();
  };
  request.once("error", fail);
  message.pipe(request);
}

function withoutDropped(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !DROPPED.includes(name)));
}

async function collect(response: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** Links in the body and in the header Location name the host that the caller knows. */
function translateLinks(headers: IncomingHttpHeaders, body: Buffer, { target, links }: PipelinesProxyOptions) {
  const translate = (text: string): string => text.replaceAll(target, `${links()}://${API_HOST}`);
  const { location } = headers;
  const isJson = headers["content-type"]?.startsWith("application/json") === true;
  return {
    headers: { ...withoutDropped(headers), ...(location === undefined ? {} : { location: translate(location) }) },
    body: isJson ? Buffer.from(translate(body.toString("utf8"))) : body,
  };
}

function respond(
  connection: ServerResponse,
  { statusCode = 502 }: IncomingMessage,
  { headers, body }: { readonly headers: IncomingHttpHeaders; readonly body: Buffer },
): void {
  const length = statusCode === 204 || statusCode === 304 ? {} : { "content-length": `${body.length}` };
  connection.writeHead(statusCode, { ...headers, ...length });
  connection.end(body);
}

function refuse(connection: ServerResponse, status: number, message: string): void {
  connection.writeHead(status, { "content-type": "text/plain; charset=utf-8" });
  connection.end(`${message}\n`);
}
