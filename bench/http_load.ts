/**
 * Loads one address from a process of its own: connections that are kept, each with one request under way at a
 * time. Written on bare sockets, so that it costs less than what it measures. Its one argument is a `Load` as
 * JSON; it prints a `LoadResult`.
 *
 * @module
 */

/** What to ask, how, and for how long. */
export type Load = {
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly connections: number;
  /** How long it warms up before it counts, and how long it counts, in ms. */
  readonly warmUpMs: number;
  readonly countMs: number;
};

/** What came of it. */
export type LoadResult = { readonly perSecond: number; readonly p99Ms: number; readonly bytes: number };

const LARGEST_ANSWER = 256 * 1024;
const decoder = new TextDecoder();

/** Reads one answer, and says how long its body is. Throws `Error` for anything but a whole 200. */
async function readAnswer(connection: Deno.TcpConn, buffer: Uint8Array<ArrayBuffer>): Promise<number> {
  let held = 0;
  let end = Infinity;
  let length = 0;
  while (held < end) {
    const read = await connection.read(buffer.subarray(held));
    if (read === null) throw new Error("Cannot load the server: it closed the connection");
    held += read;
    if (end !== Infinity) continue;
    const text = decoder.decode(buffer.subarray(0, Math.min(held, 4096)));
    const head = text.indexOf("\r\n\r\n");
    if (head < 0) continue;
    length = Number(/\r\ncontent-length: (\d+)/i.exec(text.slice(0, head))?.[1] ?? NaN);
    if (!text.startsWith("HTTP/1.1 200 ") || Number.isNaN(length)) {
      throw new Error(`Cannot load the server: it answers "${text.slice(0, 40)}"`);
    }
    end = head + 4 + length;
  }
  return length;
}

async function run({ port, path, headers, connections, warmUpMs, countMs }: Load): Promise<LoadResult> {
  const lines = Object.entries({ host: `127.0.0.1:${port}`, ...headers }).map(([name, value]) =>
    `${name}: ${value}`
  );
  const request = new TextEncoder().encode(`GET ${path} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
  const startAt = performance.now() + warmUpMs;
  const endAt = startAt + countMs;
  const times: number[] = [];
  let bytes = 0;
  await Promise.all(Array.from({ length: connections }, async () => {
    using connection = await Deno.connect({ hostname: "127.0.0.1", port });
    connection.setNoDelay(true);
    const buffer = new Uint8Array(LARGEST_ANSWER);
    for (let asked = performance.now(); asked < endAt;) {
      if (await connection.write(request) < request.length) {
        throw new Error("Cannot load the server: it is stuck");
      }
      bytes = await readAnswer(connection, buffer);
      const answered = performance.now();
      if (asked >= startAt && answered <= endAt) times.push(answered - asked);
      asked = answered;
    }
  }));
  times.sort((a, b) => a - b);
  const p99Ms = times[Math.floor(times.length * 0.99)] ?? NaN;
  return { perSecond: times.length / (countMs / 1000), p99Ms, bytes };
}

if (import.meta.main) console.log(JSON.stringify(await run(JSON.parse(Deno.args[0] ?? "") as Load)));
