/** What a refusal of Bitbucket Data Center says: its list of errors, told apart by `exceptionName`, or the bare object of its REST framework. */
import type { HttpAnswer } from "../../http/http";
import { listOf, objectOf, textOf } from "../../http/json";

export interface ErrorBody {
  /** Bitbucket's own list of errors; anything else comes from its REST framework, its web server, or somebody in between. */
  readonly isBitbuckets: boolean;
  /** Name of the first exception without its package: `NoSuchRepositoryException`. Empty where the server gives none. */
  readonly exception: string;
  /** The server's own text; null where it gives none. */
  readonly message: string | null;
  /** Invalid fields of the input and what is wrong with each. */
  readonly fields: readonly string[];
  /** `{"message", "status-code"}`: no such address on a server of this kind. */
  readonly isBareRoute: boolean;
}

export function errorBody(answer: HttpAnswer): ErrorBody {
  const body = objectOf(answer.body);
  const errors = (listOf(body?.["errors"]) ?? []).map(objectOf).filter((error) => error !== undefined);
  // Bitbucket writes all its keys, also where they are null. A gateway that has a list of errors too has other keys.
  const isBitbuckets = errors.length > 0 && errors.every((error) => "exceptionName" in error);
  const named = isBitbuckets ? errors.find((error) => textOf(error["exceptionName"])) : undefined;
  const texts = errors.filter((error) => !textOf(error["context"])).map((error) => textOf(error["message"]) ?? "");
  const message = (errors.length > 0 ? texts : [textOf(body?.["message"]) ?? plainText(answer)]).filter(Boolean).join(" ");
  return {
    isBitbuckets,
    exception: textOf(named?.["exceptionName"])?.split(".").pop() ?? "",
    message: message === "" ? null : message,
    fields: errors.flatMap((error) => {
      const field = textOf(error["context"]);
      return field ? [`${field}: ${textOf(error["message"]) ?? "not valid"}`] : [];
    }),
    isBareRoute: body !== undefined && errors.length === 0 && "status-code" in body,
  };
}

function plainText(answer: HttpAnswer): string {
  if (answer.body !== undefined || /^\s*</.test(answer.text)) return "";
  return answer.text.replaceAll(/\s+/g, " ").trim().slice(0, 300);
}

/** What a 404 is about: only Bitbucket's own list of errors says that something does not exist. */
export type Missing = "repository" | "entity" | "unsaid";

/** Undefined for every answer that does not say "there is none": other statuses, the bare object, a proxy's page. */
export function missingIn(answer: HttpAnswer): Missing | undefined {
  if (answer.status !== 404) return undefined;
  const { isBitbuckets, exception } = errorBody(answer);
  if (!isBitbuckets) return undefined;
  if (/^NoSuch(Project|Repository|PersonalProject|User)Exception$/.test(exception)) return "repository";
  return exception === "" ? "unsaid" : "entity";
}
