/** Checks of a REST response that do not depend on the request. */
import { type HttpResponse, parseJson } from "./http-client";
import type { Exchange } from "./recordings";

/** accepted: 2xx; refused: 4xx with an error that `hasError` finds; absent: an empty 404. Every body must be JSON. */
export function findRestProblems(
  { outcome }: Pick<Exchange, "outcome">,
  response: HttpResponse | undefined,
  hasError: (body: unknown) => boolean,
): string[] {
  if (response === undefined) return ["no response"];
  const { status, headers, text } = response;
  const type = headers["content-type"] ?? "";
  if (text !== "" && !/^application\/json(;|$)/.test(type)) return [`the content type is ${type}`];
  switch (outcome) {
    case "absent":
      return status === 404 && text === "" ? [] : [`status ${status} instead of an empty 404: ${text}`];
    case "refused":
      return [
        ...(status >= 400 && status < 500 ? [] : [`status ${status}`]),
        ...(hasError(parseJson(response)) ? [] : [`no error in ${text}`]),
      ];
    default:
      return status >= 200 && status <= 299 ? [] : [`status ${status}: ${text}`];
  }
}
