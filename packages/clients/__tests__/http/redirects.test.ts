/** After a redirect, messages and the log still name the original request. */
import { followRedirects } from "../../http/redirects";
import { operationOf, type HttpRequest, type RequestContext } from "../../http/request";

it("the operation keeps the path that was requested first", async () => {
  const first: HttpRequest = { method: "GET", url: new URL("https://bitbucket.acme.example/old"), headers: {}, access: "read" };
  const operations: string[] = [];
  const locations = ["/new", "/newest"];
  const { request } = await followRedirects(first, {} as RequestContext, (sent) => {
    operations.push(`${operationOf(sent)} at ${sent.url.pathname}`);
    const location = locations.shift();
    const status = location === undefined ? 200 : 307;
    return Promise.resolve({ status, headers: { location }, body: "" } as unknown as Awaited<
      ReturnType<Parameters<typeof followRedirects>[2]>
    >);
  });
  expect(operations).toEqual(["GET /old at /old", "GET /old at /new", "GET /old at /newest"]);
  expect(request.url.pathname).toBe("/newest");
});
