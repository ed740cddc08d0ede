/** What holds for every format. */
import { FORMATS, renderReview } from "./render";
import { everydayReview, reviewWithWebhooks } from "./sample-reviews";

const CANARY = "canary-5f0c2b7d";

describe.each(FORMATS)("%s", (format) => {
  it("is the same text for the same review, whatever the environment, the clock and the language are", () => {
    const first = renderReview(everydayReview(), format);
    const changed = { BITBUCKET_TOKEN: CANARY, FORCE_COLOR: "1", COLUMNS: "40", LANG: "tr_TR.UTF-8", CI: "true" };
    const environment = jest.replaceProperty(process, "env", { ...process.env, ...changed });
    jest.useFakeTimers({ now: 0 });
    try {
      expect(renderReview(everydayReview(), format)).toBe(first);
      expect(first).not.toContain(CANARY);
    } finally {
      jest.useRealTimers();
      environment.restore();
    }
  });

  it("ends with one line break", () => {
    expect(renderReview(everydayReview(), format)).toMatch(/[^\n]\n$/);
  });

  it("names every danger before everything else, with what to do first", () => {
    const text = renderReview(reviewWithWebhooks(300), format);
    const positions = ["integration-renamed", "integration-deleted", "webhook-overwritten", "secret-rotated"].map((code) =>
      text.lastIndexOf(code),
    );
    if (format !== "sarif" && format !== "html") expect(positions).toEqual([...positions].sort((left, right) => left - right));
    expect(text).toContain("Detach the stack first.");
  });
});
