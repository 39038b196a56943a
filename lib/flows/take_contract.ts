/**
 * Takes an officer's mail: a contract for a case becomes its draft, anything else is answered with what is
 * missing (R10, R11).
 *
 * @module
 */
import type { Case } from "../domain/case.ts";
import { readContractLines } from "../forms/contract_lines.ts";
import type { RefusalReason } from "../letters/letter_order.ts";
import type { ReadAttachment, ReadMail } from "../mail/read_mail.ts";
import { draftContract } from "./draft_contract.ts";
import { filing, type Incoming } from "./inbox_filing.ts";
import { officerOf } from "./officer_acts.ts";
import { answer } from "./pass_on.ts";
import type { World } from "./world.ts";

/** Attached files that are PDFs by name or type; what they really are is checked later. */
export function attachedPdfs({ attachments }: ReadMail): readonly ReadAttachment[] {
  return attachments.filter((file) =>
    file.contentType === "application/pdf" || /\.pdf$/i.test(file.filename)
  );
}

/** Attached files that are more than the pictures of a mail's signature. */
export function attachedPapers({ attachments }: ReadMail): readonly ReadAttachment[] {
  return attachments.filter((file) => !file.contentType.startsWith("image/"));
}

function lackOf(mail: ReadMail): RefusalReason[] {
  const papers = attachedPapers(mail);
  if (papers.length === 0) return [{ code: "no_pdf", about: null }];
  return papers.map((file) => ({ code: "not_pdf", about: file.filename }));
}

/** Makes the draft of a case out of an officer's mail. */
export async function takeContract(world: World, incoming: Incoming, state: Case): Promise<void> {
  const { entry, mail, writer } = incoming;
  const caseNumber = state.number;
  const pdfs = attachedPdfs(mail);
  if (pdfs.length === 0) return await answer(world, incoming, { reasons: lackOf(mail), caseNumber });
  const offer = {
    officer: officerOf(world.settings, writer.address),
    files: pdfs.map(({ filename, blob, size }) => ({ filename, blob, size })),
    lines: readContractLines(mail.newText),
    mail: entry.value.raw,
    copied: [...mail.to, ...mail.cc].map((box) => box.address),
  };
  const filed = filing(incoming, { fate: "drafted", caseNumber });
  const outcome = await draftContract(world, state, offer, filed);
  if ("problems" in outcome) await answer(world, incoming, { reasons: outcome.problems, caseNumber });
  else if ("refused" in outcome) {
    const reasons = [{ code: outcome.refused, about: null }];
    await answer(world, incoming, { reasons, caseNumber });
  }
}
