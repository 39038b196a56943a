/**
 * Our signer as a runner beside its peers: `deno task peer IN OUT P12 PASS N once|each WARM_S` makes one PAdES B-B
 * signature again and again, by the very code of the service, from bytes in memory to bytes in memory, and prints
 * one line of JSON. `once` opens the key once, `each` for every signature.
 *
 * The whole signed file stands in an array of its own after each round, as with the peers. That array is kept and
 * written over: fresh memory of 50 MB costs the system more than all the rest, and the service never needs any,
 * since it keeps a file as its base and what was appended.
 *
 * @module
 */
import process from "node:process";
import { p12Signer } from "../lib/adapters/p12_signer.ts";
import { systemClock } from "../lib/adapters/system_clock.ts";
import { sealSignature } from "../lib/pades/seal.ts";
import { cadesReserve, signCades } from "../lib/pades/sign_cades.ts";
import { memorySource } from "../lib/pdf/byte_source.ts";
import type { Signer } from "../lib/ports.ts";
import { median } from "./measure.ts";
import { peakMemory, readWhole } from "./sealing_input.ts";

const clock = systemClock(0);

/** Room for what a signature appends: with RSA-4096 and long chains some 20 KB. */
const SPARE_BYTES = 1 << 18;

/** Signs `input` and writes the signed file into `output`; gives its length. */
async function sign(input: Uint8Array<ArrayBuffer>, signer: Signer, output: Uint8Array): Promise<number> {
  const request = {
    field: "Sig1",
    reason: "I approve",
    at: clock.now(),
    signerName: "Signer",
    reserveBytes: cadesReserve(signer, false),
  };
  const source = memorySource(input);
  const { bytes } = await sealSignature(source, request, (digest) => signCades(digest, signer));
  output.set(input);
  output.set(bytes, input.length);
  return input.length + bytes.length;
}

const [inPath, outPath, p12Path, passphrase, count, mode, warmSeconds] = Deno.args;
if (!inPath || !outPath || !p12Path || passphrase === undefined) {
  throw new Error("Cannot sign: arguments are IN OUT P12 PASS N once|each WARM_S");
}
const wanted = Number(count ?? 10);
const input = readWhole(inPath);
const p12 = readWhole(p12Path);
const output = new Uint8Array(input.length + SPARE_BYTES);
const kept = await p12Signer(p12, passphrase);
const times: number[] = [];
const begun = performance.now();
let first: number | null = null;
let warm = 0;
let cpuAt = process.cpuUsage();
let length = 0;
for (let round = 0; times.length < wanted; round++) {
  const tooFew = round < Math.max(3, Math.min(10, wanted / 2));
  if (tooFew || (warm === round && performance.now() - begun < Number(warmSeconds ?? 0) * 1000)) {
    warm = round + 1;
  }
  if (warm === round) cpuAt = process.cpuUsage();
  const startAt = performance.now();
  length = await sign(input, mode === "each" ? await p12Signer(p12, passphrase) : kept, output);
  const took = performance.now() - startAt;
  first ??= took;
  if (round >= warm) times.push(took);
}
const { user, system } = process.cpuUsage(cpuAt);
Deno.writeFileSync(outPath, output.subarray(0, length));
const rounded = (value: number) => Math.round(value * 100) / 100;
console.log(JSON.stringify({
  peer: "warifu",
  n: times.length,
  warmup: warm,
  first_ms: rounded(first ?? NaN),
  median_ms: rounded(median(times)),
  min_ms: rounded(Math.min(...times)),
  max_ms: rounded(Math.max(...times)),
  cpu_ms: rounded((user + system) / 1000 / times.length),
  rss_mb: Math.round(peakMemory() / 2 ** 20),
  out_bytes: length,
}));
