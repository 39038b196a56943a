/**
 * Makes the 合意締結証明書 once every document is whole, seals it like a contract, and closes the case (R31).
 *
 * @module
 */
import { type Case, CERTIFICATE_STEP, currentSha256, currentSize, type Party } from "../domain/case.ts";
import { type Instant, jstDateTime } from "../domain/instant.ts";
import { versionOf } from "../domain/rounds.ts";
import { formatWareki } from "../domain/wareki.ts";
import type { DueEntry } from "../due/due_index.ts";
import type { DueOutcome } from "../due/due_worker.ts";
import { type CertificateFacts, type CertifiedParty, makeCertificate } from "../pdf/certificate.ts";
import { referenceWords } from "../letters/relation_words.ts";
import { authenticationWords, partyLabel } from "../letters/words.ts";
import { joinBytes, memorySource } from "../pdf/byte_source.ts";
import { departmentOf } from "../settings/settings.ts";
import { act } from "./act.ts";
import { certifiedTimestamps, type TimestampsFound } from "./certified_timestamps.ts";
import { assertSound } from "./assert_sound.ts";
import { readCase } from "./case_records.ts";
import { concludeWhole } from "./conclude.ts";
import { executedName } from "./documents.ts";
import { reportDelay } from "./report_delay.ts";
import { now, type World } from "./world.ts";

/** The vendor that a confirmer signs for: of a 共同企業体 the member that its id names. */
function companyOf(state: Case, party: Party): string {
  const member = Number(/^Member(\d+)/.exec(party.id)?.[1] ?? 1);
  return state.form?.vendors[member - 1]?.company ?? "";
}

const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== "").join("　");

function rowOf(state: Case, department: string, party: Party): CertifiedParty {
  const body = party.role === "confirmer" ? companyOf(state, party) : department;
  return {
    role: partyLabel(party.id),
    name: joined(body, party.name),
    address: party.address,
    at: party.agreedAt === null ? "" : jstDateTime(party.agreedAt),
    authentication: authenticationWords(party.authentication),
    ...party.handedOverAt !== null && { asked: jstDateTime(party.handedOverAt) },
    ...party.viewedAt !== null && { opened: jstDateTime(party.viewedAt) },
  };
}

/**
 * What the certificate of a case states. The head binds the whole history into it; `stamps` are the timestamps of
 * its documents, in their order.
 */
export function certificateFacts(
  world: World,
  state: Case,
  stamps: readonly TimestampsFound[] = [],
): CertificateFacts {
  const { draft } = state;
  if (!draft || state.executedAt === null || state.sentAt === null) {
    throw new RangeError("Cannot certify: the case is not executed");
  }
  const department = departmentOf(world.settings, state.departmentId)?.name ?? "";
  const sender = {
    role: "送信者",
    name: joined(department, draft.officer.name),
    address: draft.officer.address,
    at: jstDateTime(state.sentAt),
    authentication: authenticationWords("mail"),
  };
  return {
    caseNumber: state.number,
    title: draft.title,
    ...state.refersTo && { refersTo: referenceWords(state.refersTo) },
    ...versionOf(state) > 1 && { version: `第${versionOf(state)}版` },
    contractDate: draft.contractDate === null ? "" : formatWareki(draft.contractDate),
    publicBody: world.settings.publicBody.name,
    department,
    executedAt: jstDateTime(state.executedAt),
    parties: [sender, ...state.parties.map((party) => rowOf(state, department, party))],
    documents: draft.documents.map((document, index) => ({
      name: executedName(document.name),
      pages: document.pages,
      size: currentSize(document),
      sha256: currentSha256(document),
      ...stamps[index] ?? { timestamps: [], authority: "" },
    })),
    historyHead: state.head,
    historyLength: state.length,
    operator: world.settings.bot.name,
    verifyUrl: `${world.publicUrl}/verify`,
  };
}

/** Certifies a case whose documents all carry the document timestamp; does nothing for any other. */
export async function certify(world: World, entry: DueEntry, signal: AbortSignal): Promise<DueOutcome> {
  const state = (await readCase(world.store, entry.subject))?.value;
  if (!state || state.phase !== "executed" || state.executedAt === null) return { done: true };
  try {
    const whole = await sealedCertificate(world, state, state.executedAt, signal);
    await assertSound(world, memorySource(whole));
    const { sha256, size } = await world.blobs.put(whole);
    await act(world, state.number, {
      do: "certify",
      at: now(world),
      sha256,
      size,
      historyHead: state.head,
    });
    return { done: true };
  } catch (error) {
    await reportDelay(world, entry, CERTIFICATE_STEP, error);
    throw error;
  }
}

/** The certificate with all its seals. */
async function sealedCertificate(world: World, state: Case, executedAt: Instant, signal: AbortSignal) {
  const stamps: TimestampsFound[] = [];
  for (const document of state.draft?.documents ?? []) {
    stamps.push(await certifiedTimestamps(world, document));
  }
  const base = await makeCertificate(certificateFacts(world, state, stamps), await world.font());
  const reason = `合意締結証明書（案件番号 ${state.number}）の発行`;
  const conclusion = { reason, at: executedAt, lockFields: [] };
  return joinBytes([base, ...await concludeWhole(world, memorySource(base), conclusion, signal)]);
}
