/** Rejections of the content of a webhook, in the words of the arguments that contain it. */
import type { ErrorContext, ErrorMessages, ErrorRule } from "./error-rules";

const LIMIT_REACHED = /(limit|maximum|too many|exceed)\w*.*\b(web)?hooks?\b|\b(web)?hooks?\b.*(limit|maximum|too many|exceed)/i;

/** The argument that contains a field of Bitbucket's API. */
const ARGUMENTS: Readonly<Record<string, string>> = {
  url: "webhook_url",
  description: "title",
  name: "title",
  events: "additional_events",
};

/** The repository, project or workspace has as many webhooks as Bitbucket allows. No change of a field helps. */
export function webhookLimitRule<Body extends ErrorMessages>(): ErrorRule<Body> {
  return {
    when: ({ status, response, message, fields }) =>
      status >= 400 &&
      status < 500 &&
      response.request.method === "POST" &&
      [message ?? "", ...fields].some((text) => LIMIT_REACHED.test(text)),
    code: "remote-request-rejected",
    kind: "bad-input",
    reason: () => "This is a limit on the number of webhooks, so nothing in the configuration of this webhook is wrong.",
    fix: ({ subject }) =>
      `In the webhook settings of ${"repository" in subject ? subject.repository : "the repository"}, delete a webhook that is no longer needed, then run the command again.`,
  };
}

/** The URL of a webhook comes from Spacelift, so people cannot correct it in their configuration. */
export function rejectedUrlRule<Body extends ErrorMessages>(): ErrorRule<Body> {
  return {
    when: ({ status, fields }) => status === 400 && fields.some((field) => field.startsWith("url:")),
    code: "remote-request-rejected",
    kind: "bad-input",
    fix: ({ connection }) =>
      `webhook_url is the address at which Spacelift receives deliveries. Take it from the webhook_url of the integration. If it is the same, ${connection.product} cannot deliver to this address: use the public address of a Spacelift that you host.`,
  };
}

/** The next action for rejected fields: the arguments to correct. */
export function fixForFields(fields: readonly string[]): string {
  const names = [...new Set(fields.map((field) => ARGUMENTS[fieldName(field)] ?? fieldName(field)))];
  return names.length === 0
    ? "Correct what the message describes, then run the command again."
    : `Correct ${names.join(", ")}, then run the command again.`;
}

/** The values that were sent for the rejected fields, as a sentence. Only fields whose value is never secret. */
export function describeSentValues({ fields, sent }: ErrorContext<ErrorMessages>): string | undefined {
  const names = [...new Set(fields.map(fieldName))].filter((name) => name in ARGUMENTS && sent?.[name] !== undefined);
  return names.length === 0
    ? undefined
    : `The request contained ${names.map((name) => `${name} ${JSON.stringify(sent?.[name])}`).join("; ")}.`;
}

function fieldName(field: string): string {
  return /^\w+/.exec(field)?.[0] ?? field;
}
