/** The error bodies of Bitbucket Data Center: its list of errors with `exceptionName`, or the object of its REST framework. */
import { asList, asObject, asText } from "../../http/json";
import type { HttpResponse } from "../../http/request";
import type { ErrorMessages } from "../error-rules";

const MAX_PLAIN_TEXT = 300;

export interface ErrorBody extends ErrorMessages {
  /** Bitbucket's own list of errors. Anything else comes from its REST framework, its web server, or a proxy. */
  readonly isBitbucketError: boolean;
  /** Name of the first exception without its package: `NoSuchRepositoryException`. Empty if the server sends none. */
  readonly exception: string;
  /** `{"message", "status-code"}`: the server has no such address. */
  readonly isUnknownRoute: boolean;
}

export function parseErrorBody(response: HttpResponse): ErrorBody {
  const body = asObject(response.body);
  const errors = (asList(body?.["errors"]) ?? []).map(asObject).filter((error) => error !== undefined);
  // Bitbucket writes all its keys, even if they are null. A gateway that also has a list of errors uses other keys.
  const isBitbucketError = errors.length > 0 && errors.every((error) => "exceptionName" in error);
  const firstNamedError = isBitbucketError ? errors.find((error) => asText(error["exceptionName"])) : undefined;
  const errorTexts = errors.filter((error) => !asText(error["context"])).map((error) => asText(error["message"]) ?? "");
  const texts = errors.length > 0 ? errorTexts : [asText(body?.["message"]) ?? plainText(response)];
  return {
    isBitbucketError,
    exception: asText(firstNamedError?.["exceptionName"])?.split(".").pop() ?? "",
    message: texts.filter(Boolean).join(" ") || null,
    fields: errors.flatMap((error) => {
      const field = asText(error["context"]);
      return field ? [`${field}: ${asText(error["message"]) ?? "not valid"}`] : [];
    }),
    isUnknownRoute: body !== undefined && errors.length === 0 && "status-code" in body,
  };
}

/** What does not exist, according to a 404. `unspecified`: the error names no exception. */
export type GoneObject = "repository" | "other" | "unspecified";

/** Undefined for every response that does not report an object as gone: other statuses, the object of the REST framework, a proxy's page. */
export function goneObject(response: HttpResponse): GoneObject | undefined {
  if (response.status !== 404) return undefined;
  const { isBitbucketError, exception } = parseErrorBody(response);
  if (!isBitbucketError) return undefined;
  if (/^NoSuch(Project|Repository|PersonalProject|User)Exception$/.test(exception)) return "repository";
  return exception === "" ? "unspecified" : "other";
}

function plainText({ body, text }: HttpResponse): string {
  if (body !== undefined || /^\s*</.test(text)) return "";
  return text.replaceAll(/\s+/g, " ").trim().slice(0, MAX_PLAIN_TEXT);
}
