// Settings of a repository that published providers request: plug-in hooks, which are always empty, and Git LFS.
import type { Operation } from "./operation";
import { paginate } from "./pagination";

const LFS = { api: "git-lfs", path: "/admin/projects/:project/repos/:repository/enabled", caller: "login" } as const;

export const settingsOperations: readonly Operation[] = [
  {
    method: "GET",
    path: "/projects/:project/repos/:repository/settings/hooks",
    operation: "listPluginHooks",
    caller: "login",
    handle: (context) => {
      context.requireRepository("admin");
      return paginate(context.request, [], (hook) => hook, context.state.switches);
    },
  },
  {
    ...LFS,
    method: "GET",
    operation: "getLfs",
    // A 404 with an empty body means that Git LFS is disabled.
    handle: (context) => (context.requireRepository("read").lfs ? { status: 200 } : { status: 404 }),
  },
  {
    ...LFS,
    method: "PUT",
    operation: "enableLfs",
    handle: (context) => {
      context.requireRepository("admin").lfs = true;
      return { status: 200 };
    },
  },
  {
    ...LFS,
    method: "DELETE",
    operation: "disableLfs",
    handle: (context) => {
      context.requireRepository("admin").lfs = false;
      return { status: 204 };
    },
  },
];
