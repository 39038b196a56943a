/**
 * Facts of reminders: to the one whose turn it is, and to the officers of a case (R32). The case is judged again when
 * the letter is written: what has been done meanwhile is not asked for.
 *
 * @module
 */
import { businessDaysBetween } from "../domain/business_time.ts";
import type { Case, Party } from "../domain/case.ts";
import { DAY_MS, daysBetween, endOfJstDay, epochMs, jstDay } from "../domain/instant.ts";
import { asksCode, needsCorrection } from "../domain/rules_of_circulation.ts";
import { remindable } from "../domain/rules_of_reminding.ts";
import { type MissingParty, writeClosed, writeClosing, writeIdle } from "../letters/officer_reminder.ts";
import { phaseWords } from "../letters/phase_words.ts";
import { writeReminder } from "../letters/reminder.ts";
import { timeWords } from "../letters/words.ts";
import type { LetterDraft, LetterSource } from "./letter_facts.ts";
import { basics } from "./letter_facts_officer.ts";
import { companyIn } from "./letter_facts_party.ts";
import { isOpen, openCaseOf } from "./open_index.ts";
import { awaitsUntil } from "./watch_day.ts";
import { now } from "./world.ts";

/** The reminder of a request, while nobody has answered it and no later reminder has gone. */
function partyReminder({ world, event, state, head, links }: LetterSource): LetterDraft | null {
  const { draft } = state;
  if (event?.did !== "reminded" || !draft || draft.contractDate === null) return null;
  const at = now(world);
  const party = remindable(state, event.party, event.issue, at);
  if (!party || party.expiresAt === null || party.remindedAt !== event.at) return null;
  const link = links.mint("request", { endsAt: party.expiresAt });
  const facts = {
    recipient: { id: party.id, role: party.role, name: party.name },
    company: companyIn(state),
    title: draft.title,
    contractDate: draft.contractDate,
    daysToContract: daysBetween(jstDay(at), draft.contractDate),
    daysOfLink: Math.floor((epochMs(party.expiresAt) - epochMs(at)) / DAY_MS),
    why: event.why,
    officerName: draft.officer.name,
    accessCode: asksCode(state, party),
    untilWords: link.until,
    normalUrl: link.url("c"),
    simpleUrl: link.url("s"),
  };
  return { letter: writeReminder(head, facts) };
}

function standingOf(party: Party): string {
  if (party.bounced) return "メール不達";
  if (party.locked) return "アクセスコードの誤りによりリンク停止";
  if (party.handedOverAt === null) return "依頼前";
  return `${timeWords(party.handedOverAt)} 依頼済み（${party.viewedAt === null ? "未閲覧" : "閲覧済み"}）`;
}

const missingOf = ({ parties }: Case): MissingParty[] =>
  parties.filter((party) => party.agreedAt === null)
    .map((party) => ({ id: party.id, name: party.name, standing: standingOf(party) }));

const common = (source: LetterSource) => ({
  ...basics(source),
  standing: phaseWords(source.state.phase),
  missing: missingOf(source.state),
});

/** What an officer can do about a standstill. */
const NEXT: Partial<Record<Case["phase"], string>> = {
  intake: "契約書のPDFを、同意書の到着のお知らせへの返信か、案件ページからお出しください。",
  drafted: "案件ページで内容をご確認のうえ、「この内容で送信する」を押してください。",
  circulating:
    "電話などで先方の状況をご確認ください。案件ページの「再送する」で新しいリンクをお送りできます。",
  declined:
    "「同意しない」との回答を受けて止まっています。案件ページの「訂正版を送る」「再開する」から続けられます。",
};

async function idleLetter(source: LetterSource): Promise<LetterDraft | null> {
  const { world, order, state, head } = source;
  const since = order.about && "idleSince" in order.about ? order.about.idleSince : "";
  const open = await openCaseOf(world.store, state);
  const next = NEXT[state.phase];
  if (open?.since !== since || !isOpen(state) || next === undefined) return null;
  const days = businessDaysBetween(jstDay(since), jstDay(now(world)), world.calendar.isBusinessDay);
  return { letter: writeIdle(head, { ...common(source), since, days, next }) };
}

/** A reminder: by its event to a party, else to an officer. */
export function reminderLetter(source: LetterSource): LetterDraft | null | Promise<LetterDraft | null> {
  const { world, order, state, head } = source;
  const { about } = order;
  if (about && "idleSince" in about) return idleLetter(source);
  if (!about || !("closing" in about)) return partyReminder(source);
  const day = about.closing;
  if (!awaitsUntil(state, day) || now(world) >= endOfJstDay(day)) return null;
  const today = jstDay(now(world)) === day;
  const stopped = state.phase === "declined";
  return { letter: writeClosing(head, { ...common(source), contractDate: day, today, stopped }) };
}

/** The word that 契約日 has passed; null where it has not, or the case went on since. */
export function closedLetter(source: LetterSource): LetterDraft | null {
  const { world, order, state, head } = source;
  const day = order.about && "closed" in order.about ? order.about.closed : "";
  if (!awaitsUntil(state, day)) return null;
  const needs = needsCorrection(state, now(world)) ? "correct" : "reopen";
  return { letter: writeClosed(head, { ...common(source), contractDate: day, needs }) };
}
