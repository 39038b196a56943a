import { rejects, strictEqual as equal } from "node:assert/strict";
import { type ForgeTree, mostRounds } from "../../lib/adapters/p12_rounds.ts";
import { p12Signer } from "../../lib/adapters/p12_signer.ts";
import { type Bytes, childrenOf, type DerNode, readDer } from "../../lib/pades/der.ts";
import { element, octets, sequence } from "../../lib/pades/der_write.ts";
import { latin1, latin1Bytes } from "../../lib/pdf/characters.ts";
import { vector } from "../support/pki_vectors.ts";

const treeOf = (node: DerNode): ForgeTree => ({
  type: node.tag & 0x1f,
  value: (node.tag & 0x20) !== 0 ? childrenOf(node).map(treeOf) : latin1(node.content),
});
const read = (binary: string): ForgeTree => treeOf(readDer(latin1Bytes(binary)));
const most = (der: Bytes): number => mostRounds(read(latin1(der)), read);
const rounds = (...content: number[]): Bytes => element(0x02, Uint8Array.from(content));

/** A file whose checksum asks for other rounds. */
function withRounds(file: Bytes, integer: Bytes): Bytes {
  const [version, safe, mac] = childrenOf(readDer(file));
  const [digest, salt] = childrenOf(mac!);
  return sequence(version!.whole, safe!.whole, sequence(digest!.whole, salt!.whole, integer));
}

Deno.test("the rounds of a P12 file are those that its program wrote", () => {
  equal(most(vector("ec256.p12")), 2048);
});

Deno.test("rounds are found within what is wrapped, and of several counts the greatest", () => {
  const salted = (integer: Bytes) => sequence(octets(Uint8Array.of(1, 2, 3)), integer);
  equal(most(sequence(salted(rounds(5)), octets(sequence(salted(rounds(1, 0)))))), 256);
  equal(most(sequence(rounds(0x7f, 0xff))), 0);
  equal(most(salted(rounds(1, 0, 0, 0, 0, 0, 0))), Infinity);
});

Deno.test("a P12 file that asks for weeks of work is refused at once", async () => {
  const file = vector("ec256.p12");
  for (const content of [[0x0f, 0xff, 0xff], [0x7f, 0xff, 0xff, 0xff], new Array<number>(1_000).fill(0x7f)]) {
    const asking = withRounds(file, rounds(...content));
    await rejects(p12Signer(asking, "test"), {
      code: "misconfigured",
      message: /more often than any program/,
    });
  }
  // As many as some programs write are tried, and only then found not to fit the checksum.
  await rejects(p12Signer(withRounds(file, rounds(0x40, 0)), "test"), { message: /passphrase is wrong/ });
});
