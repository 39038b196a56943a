/**
 * Appends the next seal to a document (R25–R27). A job that may run twice: it takes its times from the events,
 * and the second result is refused by the case and thrown away.
 *
 * @module
 */
import {
  type Case,
  currentParts,
  currentSha256,
  type GrownFile,
  type Party,
  type SealStep,
} from "../domain/case.ts";
import { type Instant, jstDateTime } from "../domain/instant.ts";
import { roundOf } from "../domain/rounds.ts";
import { dueStep } from "../domain/rules_of_sealing.ts";
import type { DueEntry } from "../due/due_index.ts";
import type { DueOutcome } from "../due/due_worker.ts";
import { authenticationWords } from "../letters/words.ts";
import { sealSignature } from "../pades/seal.ts";
import { cadesReserve, signCades } from "../pades/sign_cades.ts";
import { concatenated, memorySource } from "../pdf/byte_source.ts";
import type { Blobs, ByteSource } from "../ports.ts";
import { act } from "./act.ts";
import { assertSound } from "./assert_sound.ts";
import { readCase } from "./case_records.ts";
import { appendValidationData, type Conclusion, sealConclusion, timestampDocument } from "./conclude.ts";
import type { SealOrder } from "./orders.ts";
import { reportDelay } from "./report_delay.ts";
import { now, type World } from "./world.ts";

const ACTS = { sender: "送信", confirmer: "同意", approver: "承認" } as const;

/** Opens a document as one file made of its base and tails. */
export async function openDocument(blobs: Blobs, file: GrownFile): Promise<ByteSource> {
  return concatenated(await Promise.all(currentParts(file).map((part) => blobs.open(part))));
}

/** 理由 of a party's signature: who, when, did what, known how (R25). */
export function reasonOf(
  who: { readonly name: string; readonly address: string },
  at: Instant,
  did: "送信" | "同意" | "承認",
  authentication: Party["authentication"],
): string {
  const known = authenticationWords(authentication);
  return `${who.name}（${who.address}）が${jstDateTime(at)}に${did}、認証方法：${known}`;
}

/** Who a party seal speaks of, and the instant of the act: never that of the run. */
function actOf(state: Case, step: SealStep): { reason: string; at: Instant } | null {
  if (step === "Sender") {
    const officer = state.draft?.officer;
    if (!officer || state.sentAt === null) return null;
    return { reason: reasonOf(officer, state.sentAt, ACTS.sender, "mail"), at: state.sentAt };
  }
  const party = state.parties.find((each) => each.id === step);
  if (!party || party.agreedAt === null) return null;
  const reason = reasonOf(party, party.agreedAt, ACTS[party.role], party.authentication);
  return { reason, at: party.agreedAt };
}

function sealParty(world: World, state: Case, step: SealStep, source: ByteSource, signal: AbortSignal) {
  const facts = actOf(state, step);
  if (!facts) throw new RangeError(`Cannot seal "${step}": nobody acted`);
  const timestamped = world.settings.timestamp.eachParty;
  const request = {
    field: step,
    ...facts,
    signerName: world.settings.bot.name,
    reserveBytes: cadesReserve(world.signer, timestamped),
  };
  const options = timestamped ? { timestamp: world.tsa, signal } : { signal };
  return sealSignature(source, request, (digest) => signCades(digest, world.signer, options));
}

function tailFor(world: World, state: Case, step: SealStep, source: ByteSource, signal: AbortSignal) {
  switch (step) {
    case "Conclusion":
      return sealConclusion(world, source, conclusionOf(state), signal);
    case "DSS":
      return appendValidationData(world, source, signal);
    case "DocTimeStamp":
      return timestampDocument(world, source, signal);
    default:
      return sealParty(world, state, step, source, signal);
  }
}

function conclusionOf(state: Case): Conclusion {
  if (state.executedAt === null) throw new RangeError("Cannot conclude: not all have agreed");
  return {
    reason: `${jstDateTime(state.executedAt)}に全員の同意・承認が揃ったことを証明`,
    at: state.executedAt,
    lockFields: ["Sender", ...state.parties.map((party) => party.id)],
  };
}

/** Puts one seal on one document, if it is still due, and records it. */
export async function seal(
  world: World,
  entry: DueEntry,
  signal: AbortSignal,
): Promise<DueOutcome> {
  const { document, step } = entry.payload as SealOrder;
  const state = (await readCase(world.store, entry.subject))?.value;
  const file = state?.draft?.documents[document];
  if (!state || !file || dueStep(state, document) !== step) return { done: true };
  const source = await openDocument(world.blobs, file);
  try {
    const tail = await tailFor(world, state, step, source, signal);
    await assertSound(world, concatenated([source, memorySource(tail.bytes)]));
    const { sha256: blob, size } = await world.blobs.put(tail.bytes);
    const previousSha256 = currentSha256(file);
    const facts = { round: roundOf(state), document, step, previousSha256, sha256: tail.sha256, blob, size };
    await act(world, state.number, { do: "recordSeal", at: now(world), ...facts });
    return { done: true };
  } catch (error) {
    await reportDelay(world, entry, step, error);
    throw error;
  } finally {
    source.close();
  }
}
