/** Changes of Spaces that take an integration away from stacks and modules: named at plan, and in the explanation of Spacelift's rejection. */
import { PRODUCTS, type Product, type SandboxClient } from "../../tools/harness";
import { defaultCredential } from "./configuration";
import { diagnosticLines, errorCodes, errors, textOf, warningCodes } from "./diagnostics";
import { createStack, stackInput } from "./outside-changes";
import { PLATFORM } from "./read-failures";
import { scenario } from "./scenario";

/** A team below "platform", from which it inherits, and an integration in "platform". */
function configuration(product: Product, space: object = {}, integration: object = {}, more: object = {}) {
  const team = { name: "Team", parent_space_id: "platform", inherit_entities: true, ...space };
  const payments = { name: "Payments", space_id: "platform", ...defaultCredential(product), ...integration };
  return { resource: { bitlift_space: { team, ...more }, [product.integration]: { payments } } };
}

async function countLooks(remote: SandboxClient): Promise<number> {
  return (await remote.requests("spacelift", "searchStacks")).length;
}

describe.each(PRODUCTS)("on $title", (product) => {
  scenario(
    "a move of the integration names who loses access, at plan and at apply; other changes look nothing up",
    async ({ folder, remote }) => {
      await folder.deploy(configuration(product));
      await createStack(remote, stackInput(product, "payments", { name: "In platform" }));
      const { id: team } = (await folder.state("bitlift_space.team")) ?? {};
      await createStack(remote, stackInput(product, "payments", { name: "In the team", space: team }));

      await remote.clearRequests(["spacelift"]);
      await folder.write(configuration(product, { description: "a team" }, { description: "payments" }));
      expect(diagnosticLines(await folder.plan())).toEqual([]);
      expect(await countLooks(remote)).toBe(0);
      await remote.clearRequests(["spacelift"]);

      await folder.write(configuration(product, {}, { space_id: "${bitlift_space.team.id}" }));
      const down = await folder.plan();
      expect(diagnosticLines(down)).toEqual([`warning consumers-lose-access ${product.INTEGRATION} space_id`]);
      expect(textOf(down, "consumers-lose-access")).toContain('access to "Payments" (payments) for stack "In platform" (in-platform).');
      expect(textOf(down, "consumers-lose-access")).not.toContain("In the team");
      expect([await countLooks(remote), (await remote.requests("spacelift", "spaces")).length]).toEqual([1, 1]);
      const failed = await folder.applyPlan(down);
      expect(errorCodes(failed)).toEqual(["consumers-lose-access"]);
      expect(errors(failed).join()).toMatch(/rejected.*stack "In platform" \(in-platform\)/s);
      expect(await folder.state(product.INTEGRATION)).toMatchObject({ space_id: "platform" });

      // A Space that is created in the same plan contains nobody yet.
      await folder.write(configuration(product, {}, { space_id: "${bitlift_space.new.id}" }, { new: { name: "New" } }));
      const unknown = textOf(await folder.plan(), "consumers-lose-access");
      expect(unknown).toMatch(
        /known after apply may remove access to "Payments" \(payments\) for stack "In platform".*, stack "In the team"/s,
      );
      const asPlatform = await folder.plan([], PLATFORM);
      expect(textOf(asPlatform, "consumers-lose-access")).toMatch(/API key 01PLATFORM0000000000000000/);
    },
  );

  scenario("a Space that moves or stops inheriting names who loses access, at plan and at apply", async ({ folder, remote }) => {
    await folder.deploy(configuration(product));
    const { id: team } = (await folder.state("bitlift_space.team")) ?? {};
    await createStack(remote, stackInput(product, "payments", { name: "In the team", space: team }));
    const named = 'access to "Payments" (payments) for stack "In the team" (in-the-team)';
    for (const change of [{ parent_space_id: "root" }, { inherit_entities: false }, { parent_space_id: "${bitlift_space.new.id}" }]) {
      await folder.write(configuration(product, change, {}, { new: { name: "New" } }));
      const planned = await folder.plan();
      expect([change, warningCodes(planned)]).toEqual([change, ["consumers-lose-access"]]);
      expect(textOf(planned, "consumers-lose-access")).toContain(named);
      const failed = await folder.applyPlan(planned);
      expect([change, errorCodes(failed)]).toEqual([change, ["consumers-lose-access"]]);
      expect(errors(failed).join()).toContain(named);
    }
    // Without a consumer, the change is applied without a word.
    await remote.graphql("mutation($id:ID!){stackDelete(id:$id){id}}", { id: "in-the-team" });
    await folder.write(configuration(product, { inherit_entities: false }, {}, { new: { name: "New" } }));
    expect(diagnosticLines(await folder.plan())).toEqual([]);
    await folder.applyAndReplan();
  });

  scenario("the default integration is available everywhere, so no change of a Space takes it away", async ({ folder, remote }) => {
    await folder.deploy(configuration(product, {}, { space_id: "root", is_default: true }));
    const { id: team } = (await folder.state("bitlift_space.team")) ?? {};
    await createStack(remote, stackInput(product, "payments", { name: "In the team", space: team }));
    await folder.write(configuration(product, { inherit_entities: false }, { space_id: "root", is_default: true }));
    expect(diagnosticLines(await folder.plan())).toEqual([]);
    await folder.applyAndReplan();
  });
});
