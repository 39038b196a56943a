/**
 * What every `TimestampAuthority` keeps to.
 *
 * @module
 */
import {
  deepStrictEqual as deepEqual,
  notStrictEqual as notEqual,
  rejects,
  strictEqual as equal,
} from "node:assert/strict";
import { checkTimestampToken, readTimestampToken } from "../../lib/pades/timestamp_token.ts";
import type { TimestampAuthority } from "../../lib/signing_ports.ts";

/** Registers the suite for one kind of authority; `use` opens one and gives it back afterwards. */
export function timestampConformance(
  kind: string,
  use: (test: (authority: TimestampAuthority) => Promise<void>) => Promise<void>,
): void {
  const test = (name: string, body: (authority: TimestampAuthority) => Promise<void>) =>
    Deno.test(`${kind}: ${name}`, () => use(body));
  const digest = new Uint8Array(32).fill(7);

  test("a token stamps the digest and holds the authority's certificate", async (authority) => {
    const token = readTimestampToken(await authority.timestamp(digest));
    deepEqual(checkTimestampToken(token, () => digest), []);
    equal(token.info.hash, "sha256");
  });

  test("a longer digest is stamped as what it is", async (authority) => {
    for (const [length, hash] of [[48, "sha384"], [64, "sha512"]] as const) {
      const long = new Uint8Array(length).fill(7);
      const token = readTimestampToken(await authority.timestamp(long));
      deepEqual(checkTimestampToken(token, () => long), []);
      equal(token.info.hash, hash);
    }
  });

  test("no two tokens have the same number", async (authority) => {
    const [one, two] = await Promise.all([authority.timestamp(digest), authority.timestamp(digest)]);
    notEqual(readTimestampToken(one).info.serial, readTimestampToken(two).info.serial);
  });

  test("an end that is called for comes before the token", async (authority) => {
    await rejects(async () => await authority.timestamp(digest, AbortSignal.abort()), { name: "AbortError" });
  });
}
