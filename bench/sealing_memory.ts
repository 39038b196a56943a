/**
 * The most memory that sealing a file of 50 MB takes, each way in a process of its own, runtime and all: the file
 * and the sealed file in memory, or read in place from disk. Run by itself with a way and a path, it seals once and
 * prints the bytes.
 *
 * @module
 */
import { openFileSource } from "../lib/adapters/file_source.ts";
import { systemClock } from "../lib/adapters/system_clock.ts";
import { sealSignature } from "../lib/pades/seal.ts";
import { cadesReserve, signCades } from "../lib/pades/sign_cades.ts";
import { verifyPdf } from "../lib/pades/verify.ts";
import { concatenated, memorySource } from "../lib/pdf/byte_source.ts";
import { plainPdf } from "../tests/support/plain_pdf.ts";
import { peakMemory, readWhole, writeWhole } from "./file_memory.ts";
import type { Figure } from "./measure.ts";
import { signInto, SPARE_BYTES } from "./one_signature.ts";
import { benchSigner } from "./sealing_input.ts";

const MIB = 2 ** 20;
const CONTRACT_BYTES = 50_000_000;
const TIMES = 5;
const WAYS = {
  memory: { words: "file and sealed file in memory", limit: 200 },
  disk: { words: "sealed and verified in place on disk", limit: 110 },
} as const;

async function inMemory(path: string): Promise<void> {
  const input = readWhole(path);
  const output = new Uint8Array(input.length + SPARE_BYTES);
  const signer = await benchSigner("RSA-2048");
  for (let time = 0; time < TIMES; time++) await signInto(output, input, signer);
}

async function onDisk(path: string): Promise<void> {
  const source = openFileSource(path);
  const signer = await benchSigner("RSA-2048");
  const at = systemClock().now();
  const reserveBytes = cadesReserve(signer, false);
  const request = { field: "Sig1", reason: "I approve", at, signerName: "Signer", reserveBytes };
  for (let time = 0; time < TIMES; time++) {
    const { bytes } = await sealSignature(source, request, (digest) => signCades(digest, signer));
    const sealed = concatenated([source, memorySource(bytes)]);
    const { verdict } = await verifyPdf(sealed, { trustRoots: [signer.chain.at(-1)!], at });
    if (verdict !== "valid") throw new Error(`Cannot measure: the sealed file is "${verdict}"`);
  }
  source.close();
}

async function peakOf(way: keyof typeof WAYS, path: string): Promise<Figure> {
  const { success, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", import.meta.filename!, way, path],
    stderr: "inherit",
  }).output();
  if (!success) throw new Error("Cannot measure the memory: the process failed");
  const peak = Number(new TextDecoder().decode(stdout));
  const { words, limit } = WAYS[way];
  return {
    what: `peak memory, 50 MB sealed ${TIMES} times, ${words}`,
    figure: `${(peak / MIB).toFixed(0)} MiB`,
    limit: `≤ ${limit} MiB`,
    holds: peak > 0 && peak <= limit * MIB,
  };
}

/** Both ways. */
export async function sealingMemory(): Promise<readonly Figure[]> {
  const path = await Deno.makeTempFile({ prefix: "warifu-bench-", suffix: ".pdf" });
  try {
    writeWhole(path, plainPdf({ ballast: CONTRACT_BYTES }));
    return [await peakOf("memory", path), await peakOf("disk", path)];
  } finally {
    await Deno.remove(path);
  }
}

if (import.meta.main) {
  const [way, path] = Deno.args;
  await (way === "disk" ? onDisk : inMemory)(path ?? "");
  console.log(peakMemory());
}
