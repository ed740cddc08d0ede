/** Names that travel between the systems: read, and written back. */
import fc from "fast-check";
import { bracedUuid, formatCloudWebhookImportId, parseCloudWebhookImportId } from "../../vocabulary/identifiers";

const UUID = "{202cf34e-7ccf-44b7-ba6b-8827a14d5324}";

describe("a UUID", () => {
  it.each([
    ["with braces", UUID, UUID],
    ["without braces", "202cf34e-7ccf-44b7-ba6b-8827a14d5324", UUID],
    ["in upper case", "{202CF34E-7CCF-44B7-BA6B-8827A14D5324}", UUID],
    ["between spaces", `  ${UUID} `, UUID],
    ["too short", "{202cf34e-7ccf-44b7-ba6b}", undefined],
    ["with another letter", "{202cf34g-7ccf-44b7-ba6b-8827a14d5324}", undefined],
    ["empty", "", undefined],
  ])("%s", (_case, text, expected) => {
    expect(bracedUuid(text)).toBe(expected);
  });
});

describe("the import id of a Cloud webhook", () => {
  it.each([
    ["with braces", `acme/infrastructure/${UUID}`, { workspace: "acme", repository: "infrastructure", uuid: UUID }],
    ["without braces", "acme/infra.tf_2/202cf34e-7ccf-44b7-ba6b-8827a14d5324", { workspace: "acme", repository: "infra.tf_2", uuid: UUID }],
    ["two parts", `acme/${UUID}`, undefined],
    ["four parts", `x/acme/infrastructure/${UUID}`, undefined],
    ["an empty workspace", `/infrastructure/${UUID}`, undefined],
    ["an empty repository", `acme//${UUID}`, undefined],
    ["no UUID", "acme/infrastructure/17", undefined],
    ["nothing", "", undefined],
  ])("%s", (_case, text, expected) => {
    expect(parseCloudWebhookImportId(text)).toEqual(expected);
  });

  it("is read back as it was written, whatever the names", () => {
    const slug = fc.stringMatching(/^[a-z0-9._-]{1,40}$/);
    fc.assert(
      fc.property(slug, slug, fc.uuid(), (workspace, repository, uuid) => {
        const id = { workspace, repository, uuid: `{${uuid}}` };
        expect(parseCloudWebhookImportId(formatCloudWebhookImportId(id))).toEqual(id);
      }),
    );
  });
});
