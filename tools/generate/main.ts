/** `npm run generate`: writes all generated files, in an order in which each step finds its input. */
import { Problem, renderText } from "../../packages/diagnostics";
import { codePage } from "../../packages/domain";
import { generateApi } from "./api-page";
import { generateBindings } from "./bindings";
import { generateConfigurationSchema } from "./configuration-schema";
import { generateConformance } from "./conformance";
import { generateCoverage } from "./coverage";
import { generateDiagnostics } from "./diagnostics";
import { generateFileReference } from "./file-reference";
import { generateManifests } from "./manifests";
import { generateProtocol } from "./protocol";
import { generateReference } from "./reference";
import { generateRegions } from "./regions";
import { generateRepositoryLinks } from "./repository-links";
import { generateReviewFindings } from "./review-findings";
import { generateReviewSchema } from "./review-schema";

const STEPS = [
  ["versions of manifests", generateManifests],
  ["protocol messages", generateProtocol],
  ["construct bindings", generateBindings],
  ["schema of the file", generateConfigurationSchema],
  ["schema of a review", generateReviewSchema],
  ["reference of the file", generateFileReference],
  ["findings of the review", generateReviewFindings],
  ["reference pages", generateReference],
  ["API page", generateApi],
  ["code blocks of hand-written pages", generateRegions],
  ["links of the README", generateRepositoryLinks],
  ["diagnostics page", generateDiagnostics],
  ["sandbox coverage", generateCoverage],
  ["conformance page", generateConformance],
] as const;

async function main(): Promise<void> {
  for (const [name, step] of STEPS) {
    const started = performance.now();
    await step();
    console.log(`${name}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
  }
}

main().catch((thrown: unknown) => {
  console.error(thrown instanceof Problem ? renderText(thrown.diagnostic, codePage) : thrown);
  process.exitCode = 1;
});
