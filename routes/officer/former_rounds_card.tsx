/**
 * The rounds of a case that ended because it was sent anew: who had agreed, and the files as they then were.
 *
 * @module
 */
import type { VNode } from "preact";
import type { RecordedEvent } from "../../lib/domain/case_event.ts";
import { type FormerRound, formerRounds } from "../../lib/flows/former_rounds.ts";
import { partyLabel } from "../../lib/letters/words.ts";
import { timeWords } from "../words.ts";

function Round({ path, of: { round, version, sentAt, endedAt, documents, parties } }: {
  readonly path: string;
  readonly of: FormerRound;
}): VNode {
  const agreed = parties.filter((party) => party.agreedAt !== null);
  const name = round === version ? `第${version}版` : `第${version}版（${round}回目の送信）`;
  return (
    <li>
      <b>{name}</b>
      <div>
        {sentAt && timeWords(sentAt)} から {timeWords(endedAt)} まで有効でした。
        {agreed.length > 0 &&
          `${
            agreed.map(({ id, name: person }) => `${partyLabel(id)} ${person} 様`).join("、")
          }の同意は、効力を失いました。`}
        {documents.map((document, index) => (
          <p key={index}>
            <a href={`${path}/rounds/${round}/${index + 1}.pdf`}>{document.name}</a>
          </p>
        ))}
      </div>
    </li>
  );
}

/** The card; nothing in the first round. */
export function FormerRoundsCard({ path, history }: {
  readonly path: string;
  readonly history: readonly RecordedEvent[];
}): VNode | null {
  const rounds = formerRounds(history);
  if (rounds.length === 0) return null;
  return (
    <details class="card">
      <summary>以前に送信した契約書（{rounds.length}件）</summary>
      <ol class="history">{rounds.map((each) => <Round key={each.round} path={path} of={each} />)}</ol>
    </details>
  );
}
