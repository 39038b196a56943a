/**
 * Resend's own SDK, called under Node in a process of its own.
 *
 * @module
 */
import { peerPackages } from "./packages.ts";

/** A call: the method's path in the SDK, then its arguments, as JSON. */
export type SdkCall = readonly [path: string, ...args: unknown[]];

/** What a call gave, or the message that it threw. */
export type SdkResult = {
  readonly gave?: {
    readonly data: Readonly<Record<string, unknown>> | null;
    readonly error:
      | { readonly name: string; readonly statusCode: number | null; readonly message: string }
      | null;
    readonly headers: Readonly<Record<string, string>> | null;
  };
  readonly threw?: string;
};

/** Calls one after the other; what each gave. Throws `Error` when the SDK can't be run. */
export async function callSdk(
  baseUrl: string,
  calls: readonly SdkCall[],
  apiKey = "re_test",
): Promise<SdkResult[]> {
  const child = new Deno.Command("node", {
    args: [new URL("./resend_sdk.cjs", import.meta.url).pathname],
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const writer = child.stdin.getWriter();
  const order = JSON.stringify({ packages: peerPackages(), apiKey, baseUrl, calls });
  await writer.write(new TextEncoder().encode(order));
  await writer.close();
  const { code, stdout } = await child.output();
  if (code !== 0) throw new Error(`Cannot call the SDK: it ended with ${code}`);
  return JSON.parse(new TextDecoder().decode(stdout));
}

/** Signs an event as Svix does, by the library that its receivers check with. */
export async function signedBySvix(
  secret: string,
  { id, ms, body }: { readonly id: string; readonly ms: number; readonly body: string },
): Promise<string> {
  const [result] = await callSdk("http://127.0.0.1:9", [["sign", secret, id, ms, body]]);
  return result?.gave as unknown as string;
}
