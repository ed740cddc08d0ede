/** Repository names and import ids of both Bitbucket products. */

/** A Bitbucket Cloud repository: workspace slug and repository slug, without an owner prefix. */
export interface CloudRepositoryName {
  readonly workspace: string;
  readonly repository: string;
}

/** The three parts of the import id of a Cloud webhook. The UUID is in lower case and in braces. */
export interface CloudWebhookImportId extends CloudRepositoryName {
  readonly uuid: string;
}

const UUID = /^\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?$/i;

/** A UUID in the form of Bitbucket Cloud, in braces and lower case; undefined for any other text. */
export function bracedUuid(text: string): string | undefined {
  const digits = UUID.exec(text.trim())?.[1];
  return digits === undefined ? undefined : `{${digits.toLowerCase()}}`;
}

/** Parses `<workspace>/<repository>/{uuid}`; the braces are optional. Undefined if the text has another form. */
export function parseCloudWebhookImportId(text: string): CloudWebhookImportId | undefined {
  const parts = text.trim().split("/");
  const [workspace, repository, id] = parts;
  if (parts.length !== 3 || !workspace || !repository || !id) return undefined;
  const uuid = bracedUuid(id);
  return uuid === undefined ? undefined : { workspace, repository, uuid };
}

/** The import id of a Cloud webhook, as `terraform import` expects it. */
export function formatCloudWebhookImportId(id: CloudWebhookImportId): string {
  return `${id.workspace}/${id.repository}/${id.uuid}`;
}

/** A Bitbucket Data Center repository: project key (`~user` for a personal one) and repository slug. */
export interface DatacenterRepositoryName {
  readonly project: string;
  readonly repository: string;
}

/** The three parts of the import id of a Data Center webhook. The id is a whole number in digits. */
export interface DatacenterWebhookImportId extends DatacenterRepositoryName {
  readonly id: string;
}

/** Parses `<project>/<repository>/<id>`. Undefined if the text has another form. */
export function parseDatacenterWebhookImportId(text: string): DatacenterWebhookImportId | undefined {
  const parts = text.trim().split("/");
  const [project, repository, id] = parts;
  if (parts.length !== 3 || !project || project === "~" || !repository || !id) return undefined;
  if (!/^[1-9]\d*$/.test(id) || !Number.isSafeInteger(Number(id))) return undefined;
  return { project, repository, id };
}

/** The import id of a Data Center webhook, as `terraform import` expects it. */
export function formatDatacenterWebhookImportId(id: DatacenterWebhookImportId): string {
  return `${id.project}/${id.repository}/${id.id}`;
}
