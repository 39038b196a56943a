/**
 * Servers of other houses as fakes are made of: on loopback, at a port of their own, and able to break off.
 *
 * @module
 */

/** A server that runs. */
export type LoopbackServer = {
  /** Its base, without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
};

/** Starts a server; where `answer` throws, the client gets an empty answer, and the test nothing on its output. */
export function loopbackServer(answer: (request: Request) => Response | Promise<Response>): LoopbackServer {
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {}, onError: () => new Response() },
    answer,
  );
  return { url: `http://127.0.0.1:${server.addr.port}`, close: () => server.shutdown() };
}

/** An answer that promises `length` bytes and breaks off after those given. */
export function cutAnswer(begin: Uint8Array, length: number): Response {
  const broken = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(begin);
      controller.error(new Error("cut"));
    },
  });
  return new Response(broken, { headers: { "content-length": String(length) } });
}
