/**
 * A client that speaks SMTP line by line, so that a test sees what went over the wire.
 *
 * @module
 */

/** A conversation under way. */
export type SmtpDialogue = {
  /** What the server greeted with. */
  readonly greeting: string;
  /** Sends a command and gives the whole reply. */
  say(command: string): Promise<string>;
  /** Sends bytes without waiting for anything. */
  write(text: string | Uint8Array): Promise<void>;
  /** The next reply. */
  hear(): Promise<string>;
  /** Leaves without a word. */
  leave(): void;
};

/** Connects to `host:port` and takes the greeting. */
export async function smtpDialogue(address: string): Promise<SmtpDialogue> {
  const colon = address.lastIndexOf(":");
  const connection = await Deno.connect({
    hostname: address.slice(0, colon),
    port: Number(address.slice(colon + 1)),
  });
  const decoder = new TextDecoder();
  let heard = "";
  /** A reply ends with a line whose code is followed by a blank (RFC 5321 §4.2.1). */
  async function hear(): Promise<string> {
    const buffer = new Uint8Array(4_096);
    for (;;) {
      const whole = /^(?:\d{3}-.*\r\n)*\d{3} .*\r\n/.exec(heard)?.[0];
      if (whole !== undefined) {
        heard = heard.slice(whole.length);
        return whole.trimEnd();
      }
      const count = await connection.read(buffer);
      if (count === null) return "closed";
      heard += decoder.decode(buffer.subarray(0, count), { stream: true });
    }
  }
  async function write(text: string | Uint8Array): Promise<void> {
    const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
    for (let done = 0; done < bytes.length;) done += await connection.write(bytes.subarray(done));
  }
  const greeting = await hear();
  return {
    greeting,
    hear,
    write,
    async say(command) {
      await write(`${command}\r\n`);
      return await hear();
    },
    leave: () => connection.close(),
  };
}
