/**
 * What a new round changes in what people agree to, in words for those who are told of it (R34, R35).
 *
 * @module
 */
import type { Case, Draft, Term } from "../domain/case.ts";
import type { CaseEvent, DraftFacts } from "../domain/case_event.ts";
import type { PartyFacts } from "../domain/parties.ts";
import type { FieldRow } from "../letters/letter.ts";
import { dayWords, oneLine, partyLabel } from "../letters/words.ts";

const termWords = (term: Term | null): string => term ? `${dayWords(term.from)}〜${dayWords(term.to)}` : "";
const yenWords = (amount: number | null): string =>
  amount === null ? "" : `${amount.toLocaleString("ja-JP")}円`;
const fileWords = (documents: readonly { readonly name: string }[]): string =>
  documents.map(({ name }) => oneLine(name, 60)).join("、");

const named = (value: string): string => value === "" ? "（なし）" : value;

function changed(label: string, before: string, after: string): FieldRow[] {
  return before === after ? [] : [{ label, value: `${named(before)} → ${named(after)}` }];
}

/** The documents of a corrected contract: always new bytes, often of the same name. */
function fileRows(before: Draft, after: DraftFacts): FieldRow[] {
  const [old, fresh] = [before, after].map(({ documents }) => fileWords(documents));
  const same = before.documents.length === after.documents.length &&
    before.documents.every(({ sha256 }, index) => sha256 === after.documents[index]?.sha256);
  if (same) return [];
  return [{ label: "書類", value: old === fresh ? `${fresh}（差し替え）` : `${old} → ${fresh}` }];
}

/** Names only: who is told need not learn the others' addresses. One who keeps the name got another address. */
function partyRows(before: readonly PartyFacts[], after: readonly PartyFacts[]): FieldRow[] {
  const ids = [...new Set([...before, ...after].map(({ id }) => id))];
  return ids.flatMap((id) => {
    const [was, is] = [before, after].map((parties) => parties.find((party) => party.id === id));
    if (was && is && was.name === is.name && was.address !== is.address) {
      return [{ label: partyLabel(id), value: `${oneLine(is.name)}（メールアドレスの変更）` }];
    }
    return changed(partyLabel(id), oneLine(was?.name ?? ""), oneLine(is?.name ?? ""));
  });
}

/** What is other than before: facts and files of a corrected contract, people of either. */
export function roundChanges(
  before: Case,
  event: Extract<CaseEvent, { did: "corrected" | "confirmersChanged" }>,
): FieldRow[] {
  const people = partyRows(before.parties, event.parties);
  if (event.did === "confirmersChanged" || !before.draft) return people;
  const { draft: after } = event;
  const { draft } = before;
  const day = (date: string | null) => date === null ? "" : dayWords(date);
  return [
    ...changed("契約名", draft.title, after.title),
    ...changed("契約日", day(draft.contractDate), day(after.contractDate)),
    ...changed("契約期間", termWords(draft.term), termWords(after.term)),
    ...changed("契約金額", yenWords(draft.amount), yenWords(after.amount)),
    ...fileRows(draft, after),
    ...people,
  ];
}
