/**
 * 「締結後の手続き」: a corrected contract, a 変更契約 or a 覚書 begins as a case of its own (R36). With the cases that
 * belong together, each one tap away.
 *
 * @module
 */
import type { VNode } from "preact";
import type { Case, Reference, Relation } from "../../lib/domain/case.ts";
import { MAX_TEXT } from "../../lib/domain/limits.ts";
import { referenceWords, relationWords } from "../../lib/letters/relation_words.ts";
import { Note } from "../layout.tsx";
import { TextField } from "../text_field.tsx";
import { Act, type GuardOf } from "./parts.tsx";

/** Every relation with what it is for. */
const RELATIONS: readonly (readonly [Relation, string])[] = [
  ["correction", "誤りを直した契約書を、あらためて取り交わします。"],
  ["amendment", "契約の内容（期間・金額など）を変更します。"],
  ["memorandum", "契約に付け加える取決めをします。"],
];

/** The page of another case, beside that of this one. */
function casePath(path: string, number: string): string {
  return `${path.replace(/\/cases\/[^/]+$/, "")}/cases/${number}`;
}

/** The cases that belong with this one; nothing for a case that stands alone. */
export function LinkedCases({ path, state: { refersTo, followedBy = [] } }: {
  readonly path: string;
  readonly state: Pick<Case, "refersTo" | "followedBy">;
}): VNode | null {
  if (!refersTo && followedBy.length === 0) return null;
  const rows: readonly (readonly [Reference["number"], string])[] = [
    ...refersTo ? [[refersTo.number, `元の案件：${referenceWords(refersTo)}`] as const] : [],
    ...followedBy.map(({ number, relation }) =>
      [number, `続きの案件：案件 ${number}（${relationWords(relation)}）`] as const
    ),
  ];
  return (
    <section class="card">
      <h2>関連する案件</h2>
      <ul class="list">
        {rows.map(([number, words]) => (
          <li key={number}>
            <a class="row" href={casePath(path, number)}>
              <b>{words}</b>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The act; nothing before the contract is executed. */
export function FollowAct({ path, guard, state }: {
  readonly path: string;
  readonly guard: GuardOf;
  readonly state: Case;
}): VNode | null {
  if (state.phase !== "executed" && state.phase !== "completed") return null;
  const closed = state.form?.kind === "construction";
  const offered = RELATIONS.filter(([relation]) => relation !== "amendment" || !closed);
  return (
    <section class="card">
      <Act
        path={path}
        step="follow"
        guard={guard}
        level={2}
        heading="締結後の手続き"
        help={"締結した契約の取消しや差替えはできません。訂正・変更が必要なときは、新しい案件として始めます。" +
          "所属・事業者・確認者を引き継ぎ、契約書のPDFの提出から進めます。"}
      >
        <fieldset class="choices">
          <legend>
            始める手続き<span class="must">必須</span>
          </legend>
          {offered.map(([relation, help]) => (
            <label class="check" key={relation}>
              <input type="radio" name="relation" value={relation} required />
              <span>
                <b>{relationWords(relation)}</b>：{help}
              </span>
            </label>
          ))}
        </fieldset>
        {closed && (
          <Note tone="info">
            建設工事等・建設工事関連業務委託の変更契約は、電子契約の対象外です。書面で手続きしてください。
          </Note>
        )}
        <TextField
          autocomplete="off"
          name="title"
          label="契約名"
          help="書面の題名に合わせてください。空欄のときは、元の契約名を使います。"
          value={state.draft?.title ?? ""}
          maxLength={MAX_TEXT}
        />
        <input type="hidden" name="seen" value={String(state.followedBy?.length ?? 0)} />
      </Act>
    </section>
  );
}
