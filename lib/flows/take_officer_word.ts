/**
 * Words with which an officer's mail about a case may begin (interface.md, Mail addresses). 再送 is done at once,
 * for it only sends a fresh link to whoever has one already (R33). 取消 is not: like all that changes a case it
 * goes through the officer's link, which the answer brings, as it does for 状況.
 *
 * @module
 */
import type { Case } from "../domain/case.ts";
import { normalAddress } from "../domain/mail_address.ts";
import type { ReadMail } from "../mail/read_mail.ts";
import { act } from "./act.ts";
import { answerAllowance } from "./answer_allowance.ts";
import { file, filing, type Incoming } from "./inbox_filing.ts";
import { letterEntry } from "./orders.ts";
import { answer, keepOnly } from "./pass_on.ts";
import { now, type World } from "./world.ts";

/** What an officer asks for by a word. */
export type OfficerWord = "resend" | "status";

const RESEND = /^再送(?:信|する)?(?:$|[\s:：、。])/;
const STATUS = /^(?:状況|取り?消し?)(?:$|[\s:：、。])/;

/** The word that a mail begins with, in its subject or in the first line of its new text; null for none. */
export function officerWordIn(
  { subject, newText }: Pick<ReadMail, "subject" | "newText">,
): OfficerWord | null {
  const beginnings = [newText, subject].map((text) => text.normalize("NFKC").trim());
  if (beginnings.some((text) => RESEND.test(text))) return "resend";
  return beginnings.some((text) => STATUS.test(text)) ? "status" : null;
}

/** Does what an officer of the case's department asked for; the answer says where the case then stands. */
export async function takeOfficerWord(
  world: World,
  incoming: Incoming,
  state: Case,
  word: OfficerWord,
): Promise<void> {
  const { entry, writer } = incoming;
  const caseNumber = state.number;
  const at = now(world);
  const besides = await answerAllowance(world, writer.address, "other");
  if (!besides) return await keepOnly(world, incoming, caseNumber);
  const status = letterEntry(
    { letter: "status", to: writer.address, party: null, about: null },
    { caseNumber, name: `mail/${entry.value.id}`, at },
  );
  const how = { fate: "answered", caseNumber, letters: [status], besides } as const;
  if (word === "status") return await file(world, incoming, how);
  const command = { do: "resend", at, by: normalAddress(writer.address) } as const;
  const outcome = await act(world, caseNumber, command, filing(incoming, how));
  if (!("refused" in outcome)) return;
  await answer(world, incoming, { reasons: [{ code: outcome.refused, about: null }], caseNumber });
}
