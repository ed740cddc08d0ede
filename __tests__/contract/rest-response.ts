/** What is wrong with the answer to a REST request, whatever the request was about. */
import type { Exchange } from "./recordings";
import { jsonOf, type Received } from "./http-client";

/** Accepted: 2xx; refused: 4xx, with an error that `hasError` finds; absent: an empty 404. All that has a body is JSON. */
export function restComplaints(
  { outcome }: Pick<Exchange, "outcome">,
  received: Received | undefined,
  hasError: (answer: unknown) => boolean,
): string[] {
  if (received === undefined) return ["no answer"];
  const { status, headers, text } = received;
  const type = headers["content-type"] ?? "";
  if (text !== "" && !/^application\/json(;|$)/.test(type)) return [`the content type is ${type}`];
  switch (outcome) {
    case "absent":
      return status === 404 && text === "" ? [] : [`status ${status} and not an empty 404: ${text}`];
    case "refused":
      return [
        ...(status >= 400 && status < 500 ? [] : [`status ${status}`]),
        ...(hasError(jsonOf(received)) ? [] : [`no error in ${text}`]),
      ];
    default:
      return status >= 200 && status <= 299 ? [] : [`status ${status}: ${text}`];
  }
}
