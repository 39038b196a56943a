/**
 * Our signer as a runner beside its peers: `deno task peer IN OUT P12 PASS N once|each WARM_S` makes one PAdES B-B
 * signature again and again, by the very code of the service, from bytes in memory to bytes in memory, and prints
 * one line of JSON. `once` opens the key once, `each` for every signature.
 *
 * @module
 */
import process from "node:process";
import { p12Signer } from "../lib/adapters/p12_signer.ts";
import { peakMemory, readWhole, writeWhole } from "./file_memory.ts";
import { median } from "./measure.ts";
import { signInto, SPARE_BYTES } from "./one_signature.ts";

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
  length = await signInto(output, input, mode === "each" ? await p12Signer(p12, passphrase) : kept);
  const took = performance.now() - startAt;
  first ??= took;
  if (round >= warm) times.push(took);
}
const { user, system } = process.cpuUsage(cpuAt);
writeWhole(outPath, output.subarray(0, length));
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
