/**
 * Drives w3m as a person does: in a terminal, by its keys, looking at what it shows.
 *
 * @module
 */
import { until } from "../peers/until.ts";

const KEYS = { redraw: "\x0c", next: "\t", previous: "\x1b\t", press: "\r" } as const;
/** Rows enough for a page of ours to be seen whole. */
const SIZE = "stty rows 120 cols 100";
const SETTINGS = ["accept_cookie=1", "cookie_accept_domains=127.0.0.1", "confirm_qq=0", "use_history=0"];

/** Without the commands by which a terminal is told where to write, how, and what to erase (ECMA-48 §5.4). */
function plain(output: string): string {
  // deno-lint-ignore no-control-regex
  return output.replaceAll(/\x1b(\[[0-?]*[ -/]*[@-~]|[()][A-Z0-9]|[=>78cM])|[\r\x0f]/g, "");
}

/** One w3m in a terminal of its own. */
export class TextBrowser {
  readonly #child: Deno.ChildProcess;
  readonly #keys: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>;
  readonly #reading: Promise<void>;
  #shown = "";

  /** Opens an address; `home` is an empty folder. */
  constructor(url: string, home: string) {
    const options = SETTINGS.map((setting) => `-o ${setting}`).join(" ");
    this.#child = new Deno.Command("script", {
      args: ["-qec", `${SIZE}; exec w3m -cookie ${options} '${url}'`, "/dev/null"],
      env: { HOME: home, LANG: "C.UTF-8", TERM: "xterm" },
      stdin: "piped",
      stdout: "piped",
      stderr: "null",
    }).spawn();
    this.#keys = this.#child.stdin.getWriter();
    this.#reading = this.#read();
  }

  async #read(): Promise<void> {
    for await (const text of this.#child.stdout.pipeThrough(new TextDecoderStream())) this.#shown += text;
  }

  async #type(keys: string): Promise<void> {
    await this.#keys.write(new TextEncoder().encode(keys));
  }

  /** The screen, once it shows these words. Throws `Error` when it never does. */
  async shows(words: string): Promise<string> {
    try {
      return await until(`w3m shows "${words}"`, async () => {
        this.#shown = "";
        await this.#type(KEYS.redraw);
        await new Promise((resolve) => setTimeout(resolve, 100));
        const screen = plain(this.#shown);
        return screen.includes(words) && screen;
      }, 15_000);
    } catch (error) {
      throw new Error(`${(error as Error).message}:\n${plain(this.#shown)}`);
    }
  }

  /** Goes to the button or link of these words, and presses it. */
  async press(words: string): Promise<void> {
    await this.#type(`g/${words}\r`);
    await this.#type(KEYS.press);
  }

  /** Sets the tick that stands before these words. */
  async tick(words: string): Promise<void> {
    await this.#type(`g/${words}\r`);
    await this.#type(KEYS.previous + KEYS.press);
  }

  /** Leaves. */
  async close(): Promise<void> {
    await this.#type("q").catch(() => {});
    await this.#keys.close().catch(() => {});
    await this.#child.status;
    await this.#reading;
  }
}
