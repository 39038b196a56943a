/**
 * A mail client that only wants to be fast: it says what must be said and waits for each answer.
 *
 * @module
 */

/** A connection that is ready for mails. */
export class FastClient {
  readonly #connection: Deno.TcpConn;
  readonly #buffer = new Uint8Array(4_096);
  #heard = "";

  private constructor(connection: Deno.TcpConn) {
    this.#connection = connection;
  }

  /** Connects and says hello. */
  static async connect(port: number): Promise<FastClient> {
    const connection = await Deno.connect({ hostname: "127.0.0.1", port });
    connection.setNoDelay();
    const client = new FastClient(connection);
    await client.#answer();
    await client.#say("EHLO bench.example.jp\r\n");
    return client;
  }

  /** Hands one message over, whole; resolves when it was answered with 250. Throws `Error` for another answer. */
  async send(message: Uint8Array): Promise<void> {
    const commands = "MAIL FROM:<a@vendor.example.jp>\r\nRCPT TO:<keiyaku@bot.example.lg.jp>\r\nDATA\r\n";
    await this.#write(new TextEncoder().encode(commands));
    for (let reply = 0; reply < 3; reply++) await this.#answer();
    await this.#write(message);
    await this.#say(".\r\n");
  }

  /** Leaves. */
  close(): void {
    this.#connection.close();
  }

  async #say(text: string): Promise<void> {
    await this.#write(new TextEncoder().encode(text));
    await this.#answer();
  }

  async #write(bytes: Uint8Array): Promise<void> {
    for (let done = 0; done < bytes.length;) {
      done += await this.#connection.write(bytes.subarray(done, done + (1 << 18)));
    }
  }

  async #answer(): Promise<void> {
    for (;;) {
      const whole = /^(?:\d{3}-.*\r\n)*(\d)\d{2} .*\r\n/.exec(this.#heard);
      if (whole) {
        this.#heard = this.#heard.slice(whole[0].length);
        if (whole[1] === "2" || whole[1] === "3") return;
        throw new Error(`Cannot send: ${whole[0].trimEnd()}`);
      }
      const count = await this.#connection.read(this.#buffer);
      if (count === null) throw new Error("Cannot send: the server has closed");
      this.#heard += new TextDecoder().decode(this.#buffer.subarray(0, count));
    }
  }
}
