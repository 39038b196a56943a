/**
 * Facts of the digest: the open cases of an officer's departments, by what they wait for (R32).
 *
 * @module
 */
import { daysBetween, type Instant, jstDay } from "../domain/instant.ts";
import { awaitedParty } from "../domain/case.ts";
import { agreementClosed } from "../domain/rules_of_circulation.ts";
import { type DigestCase, type DigestSection, writeDigest } from "../letters/digest.ts";
import { partyWords } from "../letters/officer_notice.ts";
import { dayWords } from "../letters/words.ts";
import type { LetterDraft } from "./letter_facts.ts";
import type { ListSource } from "./letter_facts_lists.ts";
import { companyIn, titleOf } from "./letter_facts_party.ts";
import { officerOf } from "./officer_acts.ts";
import { openCases, type OpenHead } from "./open_index.ts";
import { officerIn } from "./staff.ts";
import { now } from "./world.ts";

/** Most cases of one section; the list behind the link has them all. */
const MOST = 30;

/** What a case waits for: its officers, someone else, or nothing worth a word. */
export type Waiting = { readonly on: "officers" | "others" | "service"; readonly words: readonly string[] };

const daysWords = (since: Instant, at: Instant): string => {
  const days = daysBetween(jstDay(since), jstDay(at));
  return days <= 0 ? "本日から" : `${days}日経過`;
};

/** What stands in the way of the one whose turn it is. */
function obstacles({ state, last }: OpenHead, at: Instant): string[] {
  const party = awaitedParty(state);
  if (!party || party.agreedAt !== null) return [];
  const who = partyWords(party);
  return [
    ...party.bounced ? [`${who}へのメールが届いていません。`] : [],
    ...party.locked ? [`${who}のリンクが、アクセスコードの誤りにより止まっています。`] : [],
    ...party.expiresAt !== null && at >= party.expiresAt ? [`${who}のリンクの期限が切れています。`] : [],
    ...last === "asked" ? [`${who}から質問・相談があり、まだ対応がありません。`] : [],
    ...last === "linkRequested" ? [`${who}が新しいリンクを請求しています。`] : [],
  ];
}

function circulating(open: OpenHead, at: Instant): Waiting {
  const { state, since } = open;
  const closed = agreementClosed(state, at) ? ["契約日を過ぎ、受付を終了しています。"] : [];
  const words = [...closed, ...obstacles(open, at)];
  const party = awaitedParty(state);
  const waits = party && party.agreedAt === null && party.handedOverAt !== null
    ? `${partyWords(party)}の確認待ち（${daysWords(party.handedOverAt, at)}）。`
    : `電子署名又は送信の処理中（${daysWords(since, at)}）。`;
  return { on: words.length > 0 ? "officers" : "others", words: [...words, waits] };
}

/** What a case waits for. */
export function waitingFor(open: OpenHead, at: Instant): Waiting {
  const { state, since } = open;
  const passed = daysWords(since, at);
  const proposal = state.proposal ? ["新しい同意書が確認を待っています。"] : [];
  const late = state.delayedStep === null ? [] : ["電子署名の処理が遅れています（自動で続けています）。"];
  const own = (words: string): Waiting => ({ on: "officers", words: [...proposal, words] });
  switch (state.phase) {
    case "intake":
      return own(`契約書の提出待ち（${passed}）。`);
    case "drafted": {
      const day = state.draft?.contractDate ?? null;
      const past = day !== null && day < jstDay(at) ? "契約日を過ぎています。" : "";
      return own(`${past}契約書は未送信です（${passed}）。`);
    }
    case "declined":
      return own(`「同意しない」との回答により停止中（${passed}）。`);
    case "circulating": {
      const { on, words } = circulating(open, at);
      return { on: proposal.length > 0 ? "officers" : on, words: [...proposal, ...late, ...words] };
    }
    default:
      return { on: "service", words: late };
  }
}

const HEADINGS = [
  ["officers", "ご対応をお待ちしている案件"],
  ["others", "確認・承認待ちの案件"],
  ["service", "処理が遅れている案件"],
] as const;

type Kept = { readonly on: Waiting["on"]; readonly shown: DigestCase };

function section(kept: readonly Kept[], on: Waiting["on"], heading: string): DigestSection[] {
  const cases = kept.filter((each) => each.on === on).map((each) => each.shown);
  if (cases.length === 0) return [];
  return [{ heading, cases: cases.slice(0, MOST), more: Math.max(0, cases.length - MOST) }];
}

/** The digest of an officer for a day; null when there is nothing to say, or that day has passed. */
export async function digestLetter({ world, order, head, links }: ListSource): Promise<LetterDraft | null> {
  const at = now(world);
  const day = order.about && "digestOf" in order.about ? order.about.digestOf : "";
  if (day !== jstDay(at)) return null;
  const list = links.mint("officer", { caseNumber: null, days: world.settings.limits.downloadLinkDays });
  const kept: Kept[] = [];
  for (const departmentId of officerIn(world.settings, order.to)) {
    for await (const open of openCases(world.store, departmentId)) {
      const { on, words } = waitingFor(open, at);
      const { number, draft } = open.state;
      const contractDate = draft?.contractDate ? dayWords(draft.contractDate) : "";
      const about = { title: titleOf(open.state), company: companyIn(open.state), contractDate, words };
      if (words.length > 0) {
        kept.push({ on, shown: { number, ...about, url: `${list.url("o")}/cases/${number}` } });
      }
    }
  }
  const sections = HEADINGS.flatMap(([on, heading]) => section(kept, on, heading));
  if (sections.length === 0) return null;
  const officerName = officerOf(world.settings, order.to).name;
  const listed = { listUrl: `${list.url("o")}/list`, untilWords: list.until };
  return { letter: writeDigest(head, { officerName, day, sections, ...listed }) };
}
