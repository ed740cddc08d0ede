/** The subject of a request to Bitbucket, for messages. */
import type { RepositoryRef } from "./repository-webhooks";

export type Subject =
  | { readonly kind: "webhooks of a repository" | "repository"; readonly repository: string }
  | { readonly kind: "webhook"; readonly repository: string; readonly id: string }
  | { readonly kind: "pull request" | "commit"; readonly repository: string; readonly id: string }
  | { readonly kind: "workspace" | "project"; readonly name: string }
  | { readonly kind: "server" };

/** `webhooks of acme/infrastructure` */
export function describeSubject(subject: Subject): string {
  switch (subject.kind) {
    case "webhooks of a repository":
      return `webhooks of ${subject.repository}`;
    case "webhook":
    case "pull request":
    case "commit":
      return `${subject.kind} ${subject.id} of ${subject.repository}`;
    case "repository":
      return `repository ${subject.repository}`;
    case "workspace":
    case "project":
      return `${subject.kind} ${subject.name}`;
    case "server":
      return "the server";
  }
}

export function repositoryName({ namespace, repository }: RepositoryRef): string {
  return `${namespace}/${repository}`;
}

/** Whether the request belongs to a review in a pull request, which needs other rights than webhooks. */
export function isOfReview({ kind }: Subject): boolean {
  return kind === "pull request" || kind === "commit";
}

/** All webhooks of a repository. */
export function webhooksSubject(repository: RepositoryRef): Subject {
  return { kind: "webhooks of a repository", repository: repositoryName(repository) };
}

/** One webhook of a repository. */
export function webhookSubject(repository: RepositoryRef, id: string): Subject {
  return { kind: "webhook", repository: repositoryName(repository), id };
}
