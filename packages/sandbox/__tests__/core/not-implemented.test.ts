/** A path that is not implemented names an existing file. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { notImplementedRoutes as ofCloud } from "../../services/bitbucket-cloud/not-implemented";
import { notImplementedRoutes as ofDatacenter } from "../../services/bitbucket-datacenter/not-implemented";
import type { Route } from "../../core/service";
import { startTestService } from "../test-service";

it.each<[string, readonly Route[]]>([
  ["Bitbucket Cloud", ofCloud],
  ["Bitbucket Data Center", ofDatacenter("")],
])("for %s", async (_, routes) => {
  const service = await startTestService({ routes });
  try {
    for (const { method, pattern } of routes) {
      const path = pattern.replaceAll(/[:*](\w+)/g, "$1");
      const { status, text } = await service.call(method, path);
      const [, file = "no file"] = /Implement it in (\S+)\.(?=")/.exec(text) ?? [];
      expect([status, file, existsSync(join(__dirname, "../../../..", file))]).toEqual([501, file, true]);
    }
  } finally {
    await service.listening.stop();
  }
});
