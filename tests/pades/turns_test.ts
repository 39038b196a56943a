import { ok, strictEqual as equal } from "node:assert/strict";
import { createHash } from "node:crypto";
import { setImmediate } from "node:timers";
import { addValidationData } from "../../lib/pades/dss.ts";
import { sealDocTimestamp } from "../../lib/pades/doc_timestamp.ts";
import { TURN_BYTES } from "../../lib/pades/feed_hashes.ts";
import { sealSignature } from "../../lib/pades/seal.ts";
import { sha256InTurns } from "../../lib/pades/sha256_in_turns.ts";
import { verifyPdf } from "../../lib/pades/verify.ts";
import { joinBytes, memorySource } from "../../lib/pdf/byte_source.ts";
import type { ByteSource } from "../../lib/ports.ts";
import { echo, REQUEST } from "../support/growing_pdf.ts";
import { plainPdf } from "../support/plain_pdf.ts";
import { AFTER, devRoots, sealedFile } from "../support/sealed_pdf.ts";

const MIB = 1 << 20;
const base = plainPdf({ ballast: 12 * MIB });

/** Does `work` on a file while another counts turns of the event loop, and says what was read in each at most. */
async function turnsOf(
  bytes: Uint8Array<ArrayBuffer>,
  work: (source: ByteSource) => Promise<unknown>,
): Promise<{ turns: number; mostRead: number }> {
  const inner = memorySource(bytes);
  const readIn: number[] = [0];
  const source: ByteSource = {
    size: inner.size,
    read(offset, length) {
      const part = inner.read(offset, length);
      readIn.push(readIn.pop()! + part.length);
      return part;
    },
    close: () => inner.close(),
  };
  let working = true;
  const counted = new Promise<void>((resolve) => {
    const turn = () => {
      if (!working) return resolve();
      readIn.push(0);
      setImmediate(turn);
    };
    setImmediate(turn);
  });
  try {
    await work(source);
  } finally {
    working = false;
    await counted;
  }
  return { turns: readIn.length - 1, mostRead: Math.max(...readIn) };
}

const WORKS: Readonly<Record<string, (source: ByteSource) => Promise<unknown>>> = {
  "a signature": (source) => sealSignature(source, REQUEST, echo),
  "validation data": (source) => addValidationData(source, { certificates: [], ocsps: [], crls: [] }),
  "a document timestamp": (source) => sealDocTimestamp(source, { field: "Stamp", reserveBytes: 64 }, echo),
};

for (const [what, work] of Object.entries(WORKS)) {
  Deno.test(`${what} leaves the event loop to others after every mebibyte`, async () => {
    const { turns, mostRead } = await turnsOf(base, work);
    ok(turns >= 12, `${turns} turns`);
    ok(mostRead <= 2 * TURN_BYTES, `${mostRead} bytes in one turn`);
  });
}

Deno.test("verification leaves the event loop to others after every mebibyte", async () => {
  const file = await sealedFile(base);
  await file.sign("Sender");
  await file.sign("Confirmer1");
  const trustRoots = await devRoots();
  const { turns, mostRead } = await turnsOf(file.bytes, async (source) => {
    equal((await verifyPdf(source, { trustRoots, at: AFTER })).verdict, "valid");
  });
  ok(turns >= 12, `${turns} turns`);
  ok(mostRead <= 2 * TURN_BYTES, `${mostRead} bytes in one turn`);
});

Deno.test("what is in memory is hashed in turns, to the same hash", async () => {
  for (const length of [0, 1, TURN_BYTES, 12 * TURN_BYTES + 1]) {
    const bytes = new Uint8Array(length).fill(7);
    const { turns } = await turnsOf(bytes, async () => {
      equal(await sha256InTurns(bytes), createHash("sha256").update(bytes).digest("hex"));
    });
    ok(turns >= Math.ceil(length / TURN_BYTES) - 2, `${turns} turns`);
  }
});

Deno.test("what is sealed in turns is one whole", async () => {
  const inOneTurn = plainPdf({ ballast: TURN_BYTES / 2 });
  for (const bytes of [inOneTurn, base]) {
    const tail = await sealSignature(memorySource(bytes), REQUEST, echo);
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", joinBytes([bytes, tail.bytes])));
    equal(digest.toHex(), tail.sha256);
  }
});
