/** Provider block -> the value that handlers receive; and the judgement of the block alone. */
import type { Diagnostic } from "../../diagnostics";
import { checkConfig } from "../schema/check";
import { secretsIn } from "../schema/secrets";
import type { ObjectValue } from "../schema/value";
import { attempt } from "./attempt";
import { Findings } from "./findings";
import type { Session } from "./session";

/** ValidateProviderConfig. */
export async function validateProvider(session: Session, config: ObjectValue): Promise<readonly Diagnostic[]> {
  const findings = new Findings();
  findings.add(...checkConfig(session.configAttributes, config, { writeOnly: true }));
  if (findings.failed) return findings.diagnostics;
  const secrets = () => secretsIn(session.configAttributes, config);
  await attempt(session, findings, { what: "check of the provider block", secrets }, () =>
    session.provider.validate?.({ config: config as never, report: findings }),
  );
  return findings.diagnostics;
}

/** ConfigureProvider. In debugging one process serves several walks, each with a configuration of its own. */
export async function configure(session: Session, config: ObjectValue, terraformVersion: string): Promise<readonly Diagnostic[]> {
  const findings = new Findings();
  const signal = session.begin();
  session.secrets = secretsIn(session.configAttributes, config);
  const { log, provider } = session;
  const made = await attempt(session, findings, { what: "configuration of the provider", secrets: () => [] }, () =>
    provider.configure({ config: config as never, terraformVersion, report: findings, log, signal }),
  );
  if (made.done && !findings.failed) session.ready(made.value);
  return findings.diagnostics;
}
