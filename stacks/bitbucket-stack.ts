/** One part of `bitlift.yaml` as a stack: Spaces, Bitbucket integrations, and the webhooks in their repositories. */
import { ownScope, TerraformStack } from "../lib/host";
import type { Construct } from "constructs";
import { BACKING_CONTEXT, validationError, type BitbucketIntegrationBase, type ISpace } from "../lib";
import { spaceLookupBacking, type Configuration, type Part } from "../packages/configuration";
import type { Backing } from "../packages/domain";
import { ConfiguredBackend } from "./backend";
import { MovedAddresses } from "./moved-addresses";
import { addIntegration } from "./part-integrations";
import { createProviders } from "./part-providers";
import { PartSpaces } from "./part-spaces";
import { asData, asEngineReads, asHclReads } from "./plain-texts";
import { Secrets } from "./secrets";

/**
 * A part of the configuration. Addresses depend on keys only, so entries can change places and names. Constructs that a program adds to the stack
 * may use CDKTF's expressions as usual: only the texts of the file are data.
 */
export class BitbucketStack extends TerraformStack {
  /** The part of the configuration. */
  readonly part: Part;
  readonly #spaces: PartSpaces;
  readonly #integrations: ReadonlyMap<string, BitbucketIntegrationBase>;

  /**
   * @param id The name of the part, which is the name of the stack.
   * @param part By default, the only part of the configuration.
   */
  constructor(scope: Construct, id: string, configuration: Configuration, part: Part = onlyPartOf(configuration)) {
    super(ownScope("BitbucketStack", scope), id);
    this.part = part;
    const data = dataOf(configuration);
    const { backing, spaces, integrations } = data;
    setBacking(this, backing);
    if (part.backend !== undefined) new ConfiguredBackend(this, part.backend);
    // A key starts with a letter, so these IDs differ from those of Spaces and integrations.
    const secrets = new Secrets(this, "_secrets");
    const moved = new MovedAddresses(this, "_moved");
    const providers = createProviders(this, { ...data, path: configuration.path }, part, secrets);
    this.#spaces = new PartSpaces(this, {
      entries: spaces,
      managed: part.spaces,
      backing,
      lookupBacking: spaceLookupBacking(data, part),
      moved,
    });
    for (const key of part.spaces) if (spaces.get(key)?.existing === undefined) this.#spaces.resolve(key);
    const context = { spaces: this.#spaces, secrets, servers: providers, moved };
    this.#integrations = new Map(part.integrations.map((key) => [key, addIntegration(this, entryOf(integrations, key), context)]));
  }

  /**
   * A Space of the file, for constructs that a program adds. A Space of another part is looked up by its name.
   * @param key `root`, or the key of the Space.
   */
  space(key: string): ISpace {
    return this.#spaces.resolve(key);
  }

  /**
   * An integration of this part, for constructs that a program adds.
   * @throws Problem `value-not-allowed` if the part has no such integration.
   */
  integration(key: string): BitbucketIntegrationBase {
    const integration = this.#integrations.get(key);
    if (integration !== undefined) return integration;
    const keys = [...this.#integrations.keys()].join(", ");
    throw validationError("value-not-allowed", {
      why: `The part ${this.part.name} has no integration ${JSON.stringify(key)}.`,
      fix: keys === "" ? "Use the stack of the part that has it." : `Use one of: ${keys}.`,
    });
  }

  override toTerraform(): unknown {
    return asEngineReads(super.toTerraform());
  }

  override toHclTerraform(): { [key: string]: unknown } {
    const { hcl, ...others } = super.toHclTerraform();
    return { ...(asEngineReads(others) as { [key: string]: unknown }), hcl: asHclReads(String(hcl)) };
  }
}

const dataByConfiguration = new WeakMap<Configuration, Configuration>();

/** The configuration with texts as constructs take them, made once for all parts. */
function dataOf(configuration: Configuration): Configuration {
  const known = dataByConfiguration.get(configuration) ?? asData(configuration);
  dataByConfiguration.set(configuration, known);
  return known;
}

/**
 * Constructs that a program adds to the stack have the backing of the file, too.
 * @throws Problem `value-not-allowed` if the app has another one, which would not apply to the file.
 */
function setBacking({ node }: TerraformStack, backing: Backing): void {
  const ofApp: unknown = node.tryGetContext(BACKING_CONTEXT);
  if (ofApp !== undefined && ofApp !== backing) {
    throw validationError("value-not-allowed", {
      why: `The context value ${BACKING_CONTEXT} of the app is ${JSON.stringify(ofApp)}, but the backing of the file is "${backing}".`,
      fix: `Write backing in the file, and remove ${BACKING_CONTEXT} from the context of the app.`,
    });
  }
  node.setContext(BACKING_CONTEXT, backing);
}

function entryOf<T>(entries: ReadonlyMap<string, T>, key: string): T {
  const entry = entries.get(key);
  if (entry === undefined) throw new Error(`The part refers to the integration ${key}, which the configuration does not contain.`);
  return entry;
}

function onlyPartOf({ parts }: Configuration): Part {
  const [part, ...others] = parts;
  if (part !== undefined && others.length === 0) return part;
  throw validationError("value-missing", {
    why: `The configuration has ${parts.length} parts: ${parts.map(({ name }) => name).join(", ")}.`,
    fix: "Create one BitbucketStack for each part of configuration.parts, and pass the part as the last argument.",
  });
}
