/**
 * One PAdES B-B signature beside what no signer can go below: SHA-256 of the file and one operation of the key, both
 * by the runtime's native crypto, measured in turn with it in the same process. The least of many rounds counts,
 * since on a busy machine the rest is others' time.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { Signer } from "../lib/signing_ports.ts";
import { plainPdf } from "../tests/support/plain_pdf.ts";
import type { Figure } from "./measure.ts";
import { signInto, SPARE_BYTES } from "./one_signature.ts";
import { type BenchKey, benchSigner } from "./sealing_input.ts";

const MOST = 1.3;
const WARM_UP_MS = 1500;
const SIZES = [
  { name: "1 page", ballast: 0, rounds: 1500 },
  { name: "1 MB", ballast: 1_000_000, rounds: 600 },
  { name: "6 MB", ballast: 6_000_000, rounds: 200 },
  { name: "50 MB", ballast: 50_000_000, rounds: 30 },
] as const;

/** As long as the signed attributes of a signature. */
const TO_SIGN = new Uint8Array(300);

async function took(work: () => unknown): Promise<number> {
  const startAt = performance.now();
  await work();
  return performance.now() - startAt;
}

async function compare(kind: BenchKey, signer: Signer, size: typeof SIZES[number]): Promise<Figure> {
  const input = plainPdf({ ballast: size.ballast });
  const output = new Uint8Array(input.length + SPARE_BYTES);
  const least = { ours: Infinity, hash: Infinity, key: Infinity };
  const begun = performance.now();
  for (let round = 0; round < size.rounds || performance.now() - begun < WARM_UP_MS; round++) {
    least.hash = Math.min(least.hash, await took(() => createHash("sha256").update(input).digest()));
    least.key = Math.min(least.key, await took(() => signer.sign(TO_SIGN)));
    least.ours = Math.min(least.ours, await took(() => signInto(output, input, signer)));
  }
  const floor = least.hash + least.key;
  const ratio = least.ours / floor;
  const [ours, hash, key] = [least.ours, least.hash, least.key].map((each) => each.toFixed(2));
  return {
    what: `one PAdES B-B signature, ${size.name}, ${kind}, warm, ÷ (SHA-256 + key)`,
    figure: `${ratio.toFixed(2)} (${ours} ms ÷ (${hash} + ${key} ms))`,
    limit: `≤ ${MOST}, i. e. ${(floor * MOST).toFixed(2)} ms`,
    holds: ratio <= MOST,
  };
}

/** Four sizes, with RSA-2048 and with P-256. */
export async function sealingSpeed(): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const kind of ["RSA-2048", "P-256"] as const) {
    const signer = await benchSigner(kind);
    for (const size of SIZES) figures.push(await compare(kind, signer, size));
  }
  return figures;
}
