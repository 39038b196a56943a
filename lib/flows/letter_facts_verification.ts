/**
 * Verifies the PDFs of a mail (R39) and puts what was found into words. Anyone may write 「検証」 with another's
 * address in `From`: what a file says of itself is told only where a trusted signature vouches for it, so that
 * nobody sends words of their own through the service.
 *
 * @module
 */
import { jstDateTime } from "../domain/instant.ts";
import type { FieldRow, LetterHead } from "../letters/letter.ts";
import type { VerificationOrder } from "../letters/letter_order.ts";
import { type VerifiedFile, writeVerification } from "../letters/verification.ts";
import {
  changeWords,
  coverageWords,
  faultWords,
  integrityWords,
  kindWords,
  levelWords,
  plain,
  timeWords,
} from "../pades/report_words.ts";
import { nextSteps, recordWords, uncoveredWords, verdictWords } from "../pades/verdict_words.ts";
import type { RevisionReport } from "../pades/verification_report.ts";
import type { LetterDraft } from "./letter_facts.ts";
import { readReason } from "./read_reason.ts";
import { type VerifiedUpload, verifyUpload } from "./verify_upload.ts";
import { now, type World } from "./world.ts";

/** Most signatures that a letter tells about each; the page shows all. */
const MAX_SIGNATURES = 16;

const row = (label: string, value: string): FieldRow => ({ label, value });

function actRows(each: RevisionReport): FieldRow[] {
  const { reason, who } = each;
  if (!each.intact || !each.trusted) return [row("署名者", "確かめられないため、表示しません")];
  const act = reason === null ? null : readReason(reason);
  const signer = row(each.kind === "signature" ? "署名の名義" : "発行者", who === null ? "不明" : plain(who));
  if (!act) return [...reason === null ? [] : [row("理由", plain(reason))], signer];
  return [
    row("誰が", `${plain(act.name)}（${plain(act.address)}）`),
    row("いつ", act.at),
    row("何を", act.did),
    row("認証方法", act.authentication),
    signer,
  ];
}

function signatureRows(each: RevisionReport): FieldRow[] {
  return [
    ...actRows(each),
    row("署名の日時", timeWords(each)),
    ...each.level === null ? [] : [row("水準", levelWords(each.level))],
    row("改ざん", each.intact ? `ありません（対象：${coverageWords(each.covers)}）` : integrityWords(each)),
    row("この後の追加", changeWords(each)),
    ...each.faults.map((fault) => row("問題点", faultWords(fault))),
  ];
}

function fileWords(name: string, found: VerifiedUpload, at: string): VerifiedFile {
  const { report, sha256 } = found;
  const uncovered = uncoveredWords(report);
  const more = report.revisions.length - MAX_SIGNATURES;
  return {
    name: plain(name),
    verdict: verdictWords(report.verdict),
    rows: [
      row("記録との一致", recordWords(found).join("")),
      row("署名の数", `${report.revisions.length}`),
      row("SHA-256", sha256),
      row("検証した日時", jstDateTime(at)),
      ...uncovered === null ? [] : [row("末尾", uncovered)],
    ],
    signatures: report.revisions.slice(0, MAX_SIGNATURES).map((each, index) => ({
      title: `${index + 1}. ${kindWords(each.kind)}${
        each.intact && each.trusted ? `（${plain(each.field)}）` : ""
      }`,
      rows: signatureRows(each),
    })),
    steps: [
      ...nextSteps(report.verdict),
      ...more > 0 ? [`ほかに${more}件の署名があります。すべての結果は、検証のページでご覧ください。`] : [],
    ],
  };
}

/** The answer to 「検証」: every file is verified now. Throws `PortError` when one can't be read. */
export async function verificationLetter(
  world: World,
  head: LetterHead,
  { verify, passedOver }: VerificationOrder,
): Promise<LetterDraft> {
  const files: VerifiedFile[] = [];
  for (const { name, blob } of verify) {
    const source = await world.blobs.open(blob);
    try {
      files.push(fileWords(name, await verifyUpload(world, source, blob), now(world)));
    } finally {
      source.close();
    }
  }
  return { letter: writeVerification(head, { files, passedOver, verifyUrl: `${world.publicUrl}/verify` }) };
}
