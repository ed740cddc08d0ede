/** A headless Chromium without a network, driven over a pair of pipes. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- Answers are parsed JSON; a wrong assumption fails the test.
type Answer = Record<string, any>;

/** The first that starts; undefined if there is none. `CHROMIUM` names another one. */
export function findChromium(): string | undefined {
  const names = [process.env["CHROMIUM"], "chromium", "chromium-browser", "google-chrome"];
  return names.filter((name) => name !== undefined).find((name) => spawnSync(name, ["--version"], { stdio: "ignore" }).status === 0);
}

export interface View {
  readonly width: number;
  readonly scheme: "light" | "dark";
  readonly media?: "screen" | "print";
}

export class Chromium {
  private readonly process: ChildProcess;
  private readonly profile = mkdtempSync(join(tmpdir(), "bitlift-chromium-"));
  private readonly waiting = new Map<number, { resolve: (answer: Answer) => void; reject: (reason: Error) => void }>();
  private session: string | undefined;
  private lastId = 0;
  /** Addresses that a page asked for. */
  public readonly requests: string[] = [];
  /** Everything that a page reported: refused by the policy, failed, thrown. */
  public readonly complaints: string[] = [];

  public constructor(executable: string) {
    // Chromium refuses its sandbox to the administrator, who runs tests in containers.
    const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
    const options = [
      "--headless=new",
      "--remote-debugging-pipe",
      "--disable-gpu",
      "--hide-scrollbars",
      `--user-data-dir=${this.profile}`,
      ...sandbox,
    ];
    this.process = spawn(executable, [...options, "about:blank"], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
    let rest = "";
    (this.process.stdio[4] as Readable).setEncoding("utf8").on("data", (chunk: string) => {
      const messages = (rest + chunk).split("\0");
      rest = messages.pop() ?? "";
      for (const message of messages) this.receive(JSON.parse(message) as Answer);
    });
  }

  /** Opens a page of which only the HTML is known. */
  public async open(html: string, { width, scheme, media = "screen" }: View): Promise<void> {
    const { targetInfos } = await this.send("Target.getTargets", {}, false);
    const target = (targetInfos as Answer[]).find(({ type }) => type === "page");
    this.session ??= (
      (await this.send("Target.attachToTarget", { targetId: target?.["targetId"], flatten: true }, false)) as { sessionId: string }
    ).sessionId;
    for (const domain of ["Page", "Network", "Runtime", "Log", "Accessibility", "DOM"]) await this.send(`${domain}.enable`);
    await this.send("Emulation.setDeviceMetricsOverride", { width, height: 900, deviceScaleFactor: 1, mobile: false });
    await this.send("Emulation.setEmulatedMedia", { media, features: [{ name: "prefers-color-scheme", value: scheme }] });
    const { frameTree } = await this.send("Page.getFrameTree");
    await this.send("Page.setDocumentContent", { frameId: (frameTree as Answer)["frame"].id, html });
  }

  /** The value of an expression; waits for a promise. */
  public async evaluate(expression: string): Promise<Answer[string]> {
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
    return (result as Answer)["value"];
  }

  /** A picture of the whole page, or of its first so many pixels. */
  public async picture(most = Infinity): Promise<Buffer> {
    const { cssContentSize } = await this.send("Page.getLayoutMetrics");
    const { width, height } = cssContentSize as { width: number; height: number };
    const clip = { x: 0, y: 0, width, height: Math.min(height, most), scale: 1 };
    const { data } = await this.send("Page.captureScreenshot", { format: "png", captureBeyondViewport: true, clip });
    return Buffer.from(data as string, "base64");
  }

  /** What a screen reader gets: role and name of every node that is not ignored, in order. */
  public async accessibilityTree(): Promise<{ role: string; name: string }[]> {
    const nodes = (await this.send("Accessibility.getFullAXTree"))["nodes"] as Answer[];
    const byId = new Map(nodes.map((node) => [node["nodeId"] as string, node]));
    const inOrder = (node: Answer): Answer[] => [
      ...(node["ignored"] === true ? [] : [node]),
      ...((node["childIds"] ?? []) as string[]).flatMap((id) => inOrder(byId.get(id) ?? {})),
    ];
    return inOrder(nodes[0] ?? {}).map(({ role, name }) => ({ role: role?.value ?? "", name: name?.value ?? "" }));
  }

  public async press(key: string): Promise<void> {
    const code = { Tab: 9, Enter: 13 }[key] ?? 0;
    const event = { key, code: key, windowsVirtualKeyCode: code, ...(key === "Enter" ? { text: "\r" } : {}) };
    await this.send("Input.dispatchKeyEvent", { type: "keyDown", ...event });
    await this.send("Input.dispatchKeyEvent", { type: "keyUp", ...event });
  }

  public async close(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    void this.send("Browser.close", {}, false).catch(() => undefined);
    await ended;
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }

  private receive({ id, result, error, method, params }: Answer): void {
    if (method === "Network.requestWillBeSent") this.requests.push(String(params.request.url));
    if (method === "Log.entryAdded") this.complaints.push(String(params.entry.text));
    if (method === "Runtime.exceptionThrown") this.complaints.push(JSON.stringify(params.exceptionDetails));
    const waiting = this.waiting.get(id as number);
    this.waiting.delete(id as number);
    if (error !== undefined) waiting?.reject(new Error(JSON.stringify(error)));
    else waiting?.resolve((result ?? {}) as Answer);
  }

  private send(method: string, params: object = {}, inSession = true): Promise<Answer> {
    const id = ++this.lastId;
    const message = { id, method, params, ...(inSession ? { sessionId: this.session } : {}) };
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      (this.process.stdio[3] as Writable).write(`${JSON.stringify(message)}\0`);
    });
  }
}
