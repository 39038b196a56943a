/**
 * All that an ordinary case puts on a document, with RSA-3072 keys of development and a timestamp authority that is
 * asked over HTTP on this machine.
 *
 * @module
 */
import { openDevPki } from "../lib/adapters/dev_pki.ts";
import { devRevocation } from "../lib/adapters/dev_revocation.ts";
import { devTsaHandler } from "../lib/adapters/dev_tsa.ts";
import { httpTsa } from "../lib/adapters/http_tsa.ts";
import { systemChance } from "../lib/adapters/system_chance.ts";
import { systemClock } from "../lib/adapters/system_clock.ts";
import { tsaTrust } from "../lib/adapters/tsa_trust.ts";
import { sealDocTimestamp } from "../lib/pades/doc_timestamp.ts";
import { addValidationData } from "../lib/pades/dss.ts";
import { sealSignature, type SealTail } from "../lib/pades/seal.ts";
import { cadesReserve, signCades, tokenReserve } from "../lib/pades/sign_cades.ts";
import { collectValidationData } from "../lib/pades/validation_data.ts";
import { concatenated, memorySource } from "../lib/pdf/byte_source.ts";
import type { ByteSource } from "../lib/ports.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** The parties of an ordinary case, who sign before the service concludes. */
export const PARTIES: readonly string[] = ["Sender", "Confirmer1", "Approver1"];

/** Puts seals on files. */
export type SealingDesk = {
  /** The root of all. */
  readonly root: Bytes;
  /** A party's signature (B-B). */
  readonly sign: (source: ByteSource, field: string) => Promise<SealTail>;
  /** The closing signature (B-T), which locks the parties' fields. */
  readonly conclude: (source: ByteSource, parties: readonly string[]) => Promise<SealTail>;
  /** Certificates and revocation data. */
  readonly addData: (source: ByteSource) => Promise<SealTail>;
  /** The document timestamp. */
  readonly stamp: (source: ByteSource) => Promise<SealTail>;
};

/** Opens a desk for as long as `work` takes. */
export async function withSealingDesk<T>(work: (desk: SealingDesk) => Promise<T>): Promise<T> {
  const folder = await Deno.makeTempDir({ prefix: "warifu-bench-" });
  const clock = systemClock();
  const pki = await openDevPki(`${folder}/pki`, systemChance, "RS256");
  const handler = devTsaHandler({ authority: pki.tsa, clock, chance: systemChance });
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, handler);
  const tsa = httpTsa({
    urls: [`http://127.0.0.1:${server.addr.port}/`],
    policy: null,
    trust: tsaTrust([pki.root.certificate], () => {}),
    clock,
    chance: systemChance,
    fetch,
  });
  const { signer } = pki;
  const revocation = devRevocation(pki.root, clock);
  const seal = (source: ByteSource, field: string, timestamped: boolean, lockFields?: readonly string[]) => {
    const request = {
      field,
      reason: "見本 一郎（ichiro@vendor.example.jp）が2026年12月1日 14:03:22 JSTに同意、認証方法：メール認証",
      at: clock.now(),
      signerName: "見本県電子契約",
      reserveBytes: cadesReserve(signer, timestamped),
      ...lockFields && { lockFields },
    };
    const options = timestamped ? { timestamp: tsa } : {};
    return sealSignature(source, request, (digest) => signCades(digest, signer, options));
  };
  try {
    return await work({
      root: pki.root.certificate,
      sign: (source, field) => seal(source, field, false),
      conclude: (source, parties) => seal(source, "Conclusion", true, parties),
      addData: async (source) =>
        addValidationData(source, await collectValidationData({ source, signer, revocation })),
      stamp: (source) => {
        const request = { field: "DocTimeStamp", reserveBytes: tokenReserve(signer) };
        return sealDocTimestamp(source, request, (digest) => tsa.timestamp(digest));
      },
    });
  } finally {
    await server.shutdown();
    await Deno.remove(folder, { recursive: true });
  }
}

/** The whole chain to level B-LTA: a signature for each party, the conclusion, data, document timestamp. */
export async function sealAll(
  desk: SealingDesk,
  base: Bytes,
  parties: readonly string[] = PARTIES,
): Promise<Bytes[]> {
  const parts = [base];
  const steps = [
    ...parties.map((field) => (source: ByteSource) => desk.sign(source, field)),
    (source: ByteSource) => desk.conclude(source, parties),
    desk.addData,
    desk.stamp,
  ];
  for (const step of steps) parts.push((await step(concatenated(parts.map(memorySource)))).bytes);
  return parts;
}
