/**
 * What a case is called that follows an executed one (R36).
 *
 * @module
 */
import type { Reference, Relation } from "../domain/case.ts";
import type { FieldRow } from "./letter.ts";
import { oneLine } from "./words.ts";

const WORDS: Readonly<Record<Relation, string>> = {
  correction: "訂正した契約書",
  amendment: "変更契約",
  memorandum: "覚書",
};

/** The name of what follows: 「変更契約」. */
export const relationWords = (relation: Relation): string => WORDS[relation];

/** What a case is: `案件 R8-000123「文書管理…」の変更契約`. */
export const referenceWords = ({ number, relation, title }: Omit<Reference, "by">): string =>
  `案件 ${number}「${oneLine(title, 100)}」の${WORDS[relation]}`;

/** Cases that belong together, as rows of facts; none for a case that stands alone. */
export function linkedRows(
  { refersTo, followedBy = [] }: {
    readonly refersTo?: Reference | undefined;
    readonly followedBy?: readonly Pick<Reference, "number" | "relation">[] | undefined;
  },
): FieldRow[] {
  const before = refersTo ? [{ label: "元の案件", value: referenceWords(refersTo) }] : [];
  return [
    ...before,
    ...followedBy.map(({ number, relation }) => ({
      label: "続きの案件",
      value: `案件 ${number}（${WORDS[relation]}）`,
    })),
  ];
}
