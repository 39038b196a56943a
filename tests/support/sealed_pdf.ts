/**
 * Seals PDFs step by step as a case does, with the development keys or with those that are given.
 *
 * @module
 */
import { devRevocation } from "../../lib/adapters/dev_revocation.ts";
import { devTsa } from "../../lib/adapters/dev_tsa.ts";
import { systemChance } from "../../lib/adapters/system_chance.ts";
import { type Instant, plusMs } from "../../lib/domain/instant.ts";
import { addValidationData } from "../../lib/pades/dss.ts";
import { sealDocTimestamp } from "../../lib/pades/doc_timestamp.ts";
import { sealSignature, type SealTail } from "../../lib/pades/seal.ts";
import { cadesReserve, signCades } from "../../lib/pades/sign_cades.ts";
import { collectValidationData } from "../../lib/pades/validation_data.ts";
import { joinBytes, memorySource } from "../../lib/pdf/byte_source.ts";
import type { Clock } from "../../lib/ports.ts";
import type { RevocationSource, Signer, TimestampAuthority } from "../../lib/signing_ports.ts";
import { devTrust } from "./dev_trust.ts";
import { fakeClock } from "./fake_clock.ts";

/** Bytes kept free for a document timestamp. Those of accredited authorities are 3–7 KB with their certificates. */
export const DOC_TIMESTAMP_RESERVE = 7168;

/** When the first seal is put on; each further one a minute later. */
export const SEALED_AT: Instant = "2026-11-24T01:00:00.000Z";

type Bytes = Uint8Array<ArrayBuffer>;

/** A file that grows by seals. */
export type SealedFile = {
  /** The whole file as it is. */
  bytes: Bytes;
  /** Its lengths: before the first seal, and after each. */
  readonly ends: readonly number[];
  sign(
    field: string,
    options?: { timestamp?: boolean; lockFields?: readonly string[]; signer?: Signer; reason?: string },
  ): Promise<void>;
  addData(): Promise<void>;
  stamp(field?: string): Promise<void>;
};

/** What seals are made with, and when. */
export type SealingParts = {
  readonly signer: Signer;
  readonly authority: TimestampAuthority;
  readonly revocation: RevocationSource;
  readonly clock: Clock & { advance(ms: number): void };
};

/** Those of development, by a clock that starts at an instant. */
async function devParts(start: Instant): Promise<SealingParts> {
  const { root, signer, tsa } = await devTrust();
  const clock = fakeClock(start);
  const authority = devTsa({ authority: tsa, clock, chance: systemChance });
  return { signer, authority, revocation: devRevocation(root, clock), clock };
}

/** Begins with a PDF. */
export async function sealedFile(
  base: Bytes,
  { start = SEALED_AT, parts }: { start?: Instant; parts?: SealingParts } = {},
): Promise<SealedFile> {
  const { signer: ours, authority, revocation, clock } = parts ?? await devParts(start);
  const ends = [base.length];
  const grow = (tail: SealTail) => {
    file.bytes = joinBytes([file.bytes, tail.bytes]);
    ends.push(file.bytes.length);
    clock.advance(60_000);
  };
  const file: SealedFile = {
    bytes: base,
    ends,
    async sign(field, { timestamp = false, lockFields, signer = ours, reason } = {}) {
      const request = {
        field,
        reason: reason ?? `見本 一郎（ichiro@vendor.example.jp）が${field}`,
        at: clock.now(),
        signerName: "見本県電子契約",
        reserveBytes: cadesReserve(signer, timestamp),
        ...lockFields && { lockFields },
      };
      const options = timestamp ? { timestamp: authority } : {};
      grow(
        await sealSignature(
          memorySource(file.bytes),
          request,
          (digest) => signCades(digest, signer, options),
        ),
      );
    },
    async addData() {
      const source = memorySource(file.bytes);
      const data = await collectValidationData({ source, signer: ours, revocation });
      grow(await addValidationData(source, data));
    },
    async stamp(field = "DocTimeStamp") {
      const request = { field, reserveBytes: DOC_TIMESTAMP_RESERVE };
      grow(
        await sealDocTimestamp(memorySource(file.bytes), request, (digest) => authority.timestamp(digest)),
      );
    },
  };
  return file;
}

/** The parties of the ordinary case. */
export const FIELDS = ["Sender", "Confirmer2", "Confirmer1", "Approver1"] as const;

/** All seals of an ordinary case. `eachParty` gives every party's signature a timestamp of its own. */
export async function executedFile(
  base: Bytes,
  { eachParty = true, ...options }: { eachParty?: boolean; parts?: SealingParts } = {},
): Promise<SealedFile> {
  const file = await sealedFile(base, options);
  for (const field of FIELDS) await file.sign(field, { timestamp: eachParty });
  await file.sign("Conclusion", { timestamp: true, lockFields: FIELDS });
  await file.addData();
  await file.stamp();
  return file;
}

/** The roots to trust. */
export async function devRoots(): Promise<readonly Bytes[]> {
  return [(await devTrust()).root.certificate];
}

/** An instant soon after a file was sealed. */
export const AFTER: Instant = plusMs(SEALED_AT, 3_600_000);
