/**
 * Drives Firefox by WebDriver BiDi (W3C) over a socket: Chromium's tool speaks to builds of its own only.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { until } from "../peers/until.ts";

const FONTS = fileURLToPath(new URL("../../node_modules/@expo-google-fonts/noto-sans-jp", import.meta.url));
const READY = /WebDriver BiDi listening on (ws:\/\/\S+)/;

/** Japanese letters, on machines that have none as well. */
const FONTS_CONF = `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>` +
  `<dir>${FONTS}/400Regular</dir><dir>${FONTS}/700Bold</dir>` +
  ["sans-serif", "serif", "monospace"].map((family) =>
    `<alias><family>${family}</family><prefer><family>Noto Sans JP</family></prefer></alias>`
  ).join("") + "</fontconfig>";

type Message = {
  readonly id?: number;
  readonly type: "success" | "error" | "event";
  readonly method?: string;
  readonly params?: { readonly level?: string; readonly text?: string };
  readonly result?: unknown;
  readonly message?: string;
};
type Waiting = { readonly resolve: (result: unknown) => void; readonly reject: (error: Error) => void };

/** The conversation with one browser. */
class Bidi {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, Waiting>();
  readonly #closed = Promise.withResolvers<void>();
  /** What pages complained of. */
  readonly complaints: string[] = [];
  #count = 0;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.onmessage = ({ data }) => this.#take(JSON.parse(data));
    socket.onclose = () => this.#closed.resolve();
  }

  #take({ id, type, method, params, result, message }: Message): void {
    if (method === "log.entryAdded" && params?.level === "error") this.complaints.push(params.text ?? "");
    const waiting = this.#waiting.get(id ?? -1);
    if (!waiting) return;
    this.#waiting.delete(id ?? -1);
    if (type === "success") waiting.resolve(result);
    else waiting.reject(new Error(`Cannot drive Firefox: ${message}`));
  }

  send<T>(method: string, params: object = {}): Promise<T> {
    const id = ++this.#count;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#waiting.set(id, { resolve, reject });
    this.#socket.send(JSON.stringify({ id, method, params }));
    return promise as Promise<T>;
  }

  async close(): Promise<void> {
    this.#socket.close();
    await this.#closed.promise;
  }
}

type Found = {
  readonly result: { readonly type: string; readonly value?: unknown; readonly sharedId?: string };
};

/** One page in Firefox. */
export class Firefox {
  readonly #bidi: Bidi;
  readonly #context: string;
  readonly #end: () => Promise<void>;

  private constructor(bidi: Bidi, context: string, end: () => Promise<void>) {
    this.#bidi = bidi;
    this.#context = context;
    this.#end = end;
  }

  /** Starts it without a window; `profile` is an empty folder. */
  static async start(profile: string): Promise<Firefox> {
    await Deno.writeTextFile(`${profile}/fonts.conf`, FONTS_CONF);
    const child = new Deno.Command("firefox-esr", {
      args: ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"],
      env: { HOME: profile, FONTCONFIG_FILE: `${profile}/fonts.conf`, MOZ_DISABLE_CONTENT_SANDBOX: "1" },
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).spawn();
    let said = "";
    const reading = (async () => {
      for await (const text of child.stderr.pipeThrough(new TextDecoderStream())) said += text;
    })();
    const address = await until("Firefox is ready", () => READY.exec(said)?.[1]);
    const socket = new WebSocket(`${address}/session`);
    await new Promise((open, fail) => {
      socket.onopen = open;
      socket.onerror = fail;
    });
    const bidi = new Bidi(socket);
    const end = async () => {
      await bidi.send("browser.close").catch(() => {});
      await bidi.close();
      await child.status;
      await reading;
    };
    await bidi.send("session.new", { capabilities: {} });
    await bidi.send("session.subscribe", { events: ["log.entryAdded"] });
    const { contexts } = await bidi.send<{ contexts: { context: string }[] }>("browsingContext.getTree");
    return new Firefox(bidi, contexts[0]?.context ?? "", end);
  }

  /** What pages complained of so far. */
  get complaints(): readonly string[] {
    return this.#bidi.complaints;
  }

  /** Makes the window as large as a screen, in CSS pixels. */
  async size(width: number, height: number): Promise<void> {
    await this.#bidi.send("browsingContext.setViewport", {
      context: this.#context,
      viewport: { width, height },
    });
  }

  /** Opens an address. */
  async open(url: string): Promise<void> {
    await this.#bidi.send("browsingContext.navigate", { context: this.#context, url, wait: "complete" });
  }

  /** The value of an expression in the page. */
  async value<T>(expression: string): Promise<T> {
    return (await this.#evaluate(expression)).result.value as T;
  }

  /** Waits until an expression in the page is true. */
  async until(expression: string): Promise<void> {
    await until(expression, () => this.value<boolean>(`!!(${expression})`).catch(() => false), 15_000);
  }

  /** Presses the button, link or label of exactly these words that can be seen, with the pointer. */
  async press(words: string): Promise<void> {
    const find = `[...document.querySelectorAll("button, a, label")].find((each) =>
      each.textContent.trim() === ${JSON.stringify(words)} && each.checkVisibility())`;
    await this.until(find);
    const { result } = await this.#evaluate(`(() => {
      const found = ${find};
      found.scrollIntoView({ block: "center", behavior: "instant" });
      return found;
    })()`);
    const at = { type: "element", element: { sharedId: result.sharedId } };
    const button = { button: 0 };
    await this.#bidi.send("input.performActions", {
      context: this.#context,
      actions: [{
        type: "pointer",
        id: "mouse",
        actions: [
          { type: "pointerMove", x: 0, y: 0, origin: at },
          { type: "pointerDown", ...button },
          { type: "pointerUp", ...button },
        ],
      }],
    });
  }

  /** A picture of what the window shows, PNG. */
  async picture(): Promise<Uint8Array<ArrayBuffer>> {
    const { data } = await this.#bidi.send<{ data: string }>("browsingContext.captureScreenshot", {
      context: this.#context,
    });
    return Uint8Array.fromBase64(data);
  }

  /** Ends it. */
  close(): Promise<void> {
    return this.#end();
  }

  #evaluate(expression: string): Promise<Found> {
    const target = { context: this.#context };
    return this.#bidi.send("script.evaluate", { expression, target, awaitPromise: true });
  }
}
