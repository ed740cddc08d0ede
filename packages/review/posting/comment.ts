/** Keeps exactly one comment of a review in a pull request, also if two reviews run at once. */
import { failedAs, Problem } from "../../diagnostics";
import { fittedText, hasMarker } from "./comment-text";
import type { PortComment, PullRequestPort } from "./pull-request-port";

/** Bitbucket Data Center rejects more than 32,767 characters. Bitbucket Cloud has a limit that is not documented, and some proxies a lower one. */
const LENGTHS = [32_000, 8_000];

/**
 * Creates the comment, or changes the one that an earlier review created.
 * @param marker The last line of the text, which no other comment has.
 * @throws Problem
 */
export async function postComment<Comment extends PortComment>(
  port: PullRequestPort<Comment>,
  text: string,
  marker: string,
): Promise<"created" | "updated"> {
  const [longest = text.length, ...shorter] = LENGTHS;
  try {
    return await postText(port, fittedText(text, marker, longest), marker);
  } catch (failure) {
    const [length] = shorter;
    if (length === undefined || text.length <= length || !isTooLong(failure)) throw failure;
    return await postText(port, fittedText(text, marker, length), marker);
  }
}

function isTooLong(failure: unknown): boolean {
  return failedAs(failure, "bad-input") && (failure.status === 400 || failure.status === 413);
}

async function postText<Comment extends PortComment>(
  port: PullRequestPort<Comment>,
  text: string,
  marker: string,
): Promise<"created" | "updated"> {
  const earlier = await marked(port, marker);
  const changed = await changeFirst(port, earlier, text);
  if (changed !== undefined) {
    await removeNewer(port, earlier, changed);
    return "updated";
  }
  const created = await create(port, text, marker, new Set(earlier.map(({ id }) => id)));
  // Another review may have created one since the list was read. Both reviews keep the older one, and each writes its text into it.
  const own = (await marked(port, marker)).filter(({ id, author }) => id === created.id || (author !== null && author === created.author));
  const [oldest = created] = own;
  if (oldest.id !== created.id && (await changeFirst(port, [oldest], text)) === undefined) return "created";
  await removeNewer(port, own, oldest);
  return "created";
}

async function marked<Comment extends PortComment>(port: PullRequestPort<Comment>, marker: string): Promise<readonly Comment[]> {
  return (await port.listComments()).filter((comment) => hasMarker(comment.text, marker));
}

/**
 * Changes the first comment that this account may change. It is changed even if it has the same text already: that is how it turns out that somebody
 * else wrote it, whose comment may say something else tomorrow.
 */
async function changeFirst<Comment extends PortComment>(
  port: PullRequestPort<Comment>,
  candidates: readonly Comment[],
  text: string,
): Promise<Comment | undefined> {
  for (const comment of candidates) {
    try {
      await port.changeComment(comment, text);
      return comment;
    } catch (failure) {
      if (!failedAs(failure, "not-permitted") && !failedAs(failure, "gone")) throw failure;
    }
  }
  return undefined;
}

/** If the response was lost, the comment may exist all the same. */
async function create<Comment extends PortComment>(
  port: PullRequestPort<Comment>,
  text: string,
  marker: string,
  earlier: ReadonlySet<string>,
): Promise<Comment> {
  try {
    return await port.createComment(text);
  } catch (failure) {
    if (!(failure instanceof Problem) || failure.execution !== "unknown") throw failure;
    const found = (await marked(port, marker)).find(({ id, text: stored }) => !earlier.has(id) && stored.trim() === text.trim());
    if (found === undefined) throw failure;
    return found;
  }
}

/** Removes what the same account wrote after the comment that stays. A duplicate that cannot be removed is no reason to fail. */
async function removeNewer<Comment extends PortComment>(
  port: PullRequestPort<Comment>,
  comments: readonly Comment[],
  kept: Comment,
): Promise<void> {
  const position = comments.findIndex(({ id }) => id === kept.id);
  for (const comment of comments.slice(position + 1)) {
    if (comment.author === null || comment.author !== kept.author) continue;
    try {
      await port.removeComment(comment);
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure;
    }
  }
}
