/** Identifiers: parsing and formatting. */
import fc from "fast-check";
import {
  bracedUuid,
  formatCloudWebhookImportId,
  formatDatacenterWebhookImportId,
  parseCloudWebhookImportId,
  parseDatacenterWebhookImportId,
} from "../identifiers";

const UUID = "{202cf34e-7ccf-44b7-ba6b-8827a14d5324}";

describe("a UUID", () => {
  it.each([
    ["with braces", UUID, UUID],
    ["without braces", "202cf34e-7ccf-44b7-ba6b-8827a14d5324", UUID],
    ["in upper case", "{202CF34E-7CCF-44B7-BA6B-8827A14D5324}", UUID],
    ["between spaces", `  ${UUID} `, UUID],
    ["too short", "{202cf34e-7ccf-44b7-ba6b}", undefined],
    ["with an invalid letter", "{202cf34g-7ccf-44b7-ba6b-8827a14d5324}", undefined],
    ["empty", "", undefined],
  ])("%s", (_case, text, expected) => {
    expect(bracedUuid(text)).toBe(expected);
  });
});

describe("the import id of a Cloud webhook", () => {
  it.each([
    ["with braces", `acme/infrastructure/${UUID}`, { workspace: "acme", repository: "infrastructure", uuid: UUID }],
    ["without braces", "acme/infra.tf_2/202cf34e-7ccf-44b7-ba6b-8827a14d5324", { workspace: "acme", repository: "infra.tf_2", uuid: UUID }],
    ["with two parts", `acme/${UUID}`, undefined],
    ["with four parts", `x/acme/infrastructure/${UUID}`, undefined],
    ["with an empty workspace", `/infrastructure/${UUID}`, undefined],
    ["with an empty repository", `acme//${UUID}`, undefined],
    ["without a UUID", "acme/infrastructure/17", undefined],
    ["empty", "", undefined],
  ])("%s", (_case, text, expected) => {
    expect(parseCloudWebhookImportId(text)).toEqual(expected);
  });

  it("survives formatting and parsing", () => {
    const slug = fc.stringMatching(/^[a-z0-9._-]{1,40}$/);
    fc.assert(
      fc.property(slug, slug, fc.uuid(), (workspace, repository, uuid) => {
        const id = { workspace, repository, uuid: `{${uuid}}` };
        expect(parseCloudWebhookImportId(formatCloudWebhookImportId(id))).toEqual(id);
      }),
    );
  });
});

describe("the import id of a Data Center webhook", () => {
  it.each([
    ["of a project", "PAY/infrastructure/42", { project: "PAY", repository: "infrastructure", id: "42" }],
    ["of a personal repository", "~jdoe/dot.files_2/1", { project: "~jdoe", repository: "dot.files_2", id: "1" }],
    ["between spaces", "  PAY/infrastructure/42 ", { project: "PAY", repository: "infrastructure", id: "42" }],
    ["with two parts", "PAY/42", undefined],
    ["with four parts", "projects/PAY/infrastructure/42", undefined],
    ["with an empty project", "/infrastructure/42", undefined],
    ["of a user without a name", "~/infrastructure/42", undefined],
    ["with an empty repository", "PAY//42", undefined],
    ["without a number", "PAY/infrastructure/{202cf34e-7ccf-44b7-ba6b-8827a14d5324}", undefined],
    ["with zero", "PAY/infrastructure/0", undefined],
    ["with a leading zero", "PAY/infrastructure/042", undefined],
    ["with a negative number", "PAY/infrastructure/-1", undefined],
    ["with a fraction", "PAY/infrastructure/4.2", undefined],
    ["with a number that cannot be represented exactly", "PAY/infrastructure/9007199254740993", undefined],
    ["empty", "", undefined],
  ])("%s", (_case, text, expected) => {
    expect(parseDatacenterWebhookImportId(text)).toEqual(expected);
  });

  it("survives formatting and parsing", () => {
    const slug = fc.stringMatching(/^[a-z0-9._-]{1,40}$/);
    const project = fc.oneof(fc.stringMatching(/^[A-Z][A-Z0-9_]{0,20}$/), fc.stringMatching(/^~[A-Za-z0-9._-]{1,20}$/));
    fc.assert(
      fc.property(project, slug, fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (key, repository, number) => {
        const id = { project: key, repository, id: `${number}` };
        expect(parseDatacenterWebhookImportId(formatDatacenterWebhookImportId(id))).toEqual(id);
      }),
    );
  });
});
