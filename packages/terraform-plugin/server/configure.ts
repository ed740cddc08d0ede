/** ValidateProviderConfig and ConfigureProvider: checks the provider block, and creates the value that handlers receive as `api`. */
import type { Diagnostic } from "../../diagnostics";
import { checkConfig } from "../schema/check";
import { secretsIn } from "../schema/secrets";
import type { ObjectValue } from "../schema/value";
import { Diagnostics } from "./diagnostics";
import { runHandler } from "./run-handler";
import type { Session } from "./session";

export async function validateProvider(session: Session, config: ObjectValue): Promise<readonly Diagnostic[]> {
  const diagnostics = new Diagnostics();
  diagnostics.add(...checkConfig(session.configAttributes, config, { writeOnly: true }));
  if (diagnostics.hasErrors) return diagnostics.list;
  const operation = { name: "validation of the provider block", secrets: () => secretsIn(session.configAttributes, config) };
  await runHandler(session, diagnostics, operation, () => session.provider.validate?.({ config: config as never, report: diagnostics }));
  return diagnostics.list;
}

/** During debugging, one process serves several commands, each with its own configuration. */
export async function configureProvider(session: Session, config: ObjectValue, terraformVersion: string): Promise<readonly Diagnostic[]> {
  const diagnostics = new Diagnostics();
  const signal = session.startWalk();
  session.secrets = secretsIn(session.configAttributes, config);
  const { log, provider } = session;
  const operation = { name: "configuration of the provider", secrets: () => [] };
  const result = await runHandler(session, diagnostics, operation, () =>
    provider.configure({ config: config as never, terraformVersion, report: diagnostics, log, signal }),
  );
  if (result.succeeded && !diagnostics.hasErrors) session.setConfigured(result.value);
  return diagnostics.list;
}
