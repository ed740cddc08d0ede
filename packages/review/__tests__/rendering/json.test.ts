/** The JSON form, and its published schema. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { reviewDocument, reviewSchema } from "../../rendering/json-format";
import { renderReview } from "./render";
import { emptyReview, everydayReview, reviewSaying, reviewWithWebhooks } from "./sample-reviews";

const validate = new Ajv({ strict: false, validateFormats: false }).compile({ ...reviewSchema() });
const HOSTILE = "\u202e::error::x ##[error] \u0000 \ud800 \u{e0041}";
const REVIEWS = { empty: emptyReview(), everyday: everydayReview(), large: reviewWithWebhooks(300), hostile: reviewSaying(HOSTILE) };

it.each(Object.entries(REVIEWS))("the %s review follows the declaration and the published schema", (_name, review) => {
  const document: unknown = JSON.parse(renderReview(review, "json"));
  expect(reviewDocument.safeParse(document).error).toBeUndefined();
  validate(document);
  expect(validate.errors ?? []).toEqual([]);
});

it("reads back as the same texts", () => {
  const { findings, picture, format } = JSON.parse(renderReview(reviewSaying(HOSTILE), "json"));
  expect(format).toBe(1);
  expect([findings[0].what, findings[0].subject.key, picture.integrations[0].repositories[0].name]).toEqual([HOSTILE, HOSTILE, HOSTILE]);
});

it("allows keys of later versions, and no other format", () => {
  const document = JSON.parse(renderReview(everydayReview(), "json"));
  expect(validate({ ...document, later: 1 })).toBe(true);
  expect(validate({ ...document, format: 2 })).toBe(false);
});

it("has the schema that the package contains", () => {
  const published = JSON.parse(readFileSync(join(__dirname, "../../../../bitlift-review.schema.json"), "utf8"));
  expect(published).toEqual({ ...JSON.parse(JSON.stringify(reviewSchema())), $comment: expect.stringContaining("Generated") });
});
