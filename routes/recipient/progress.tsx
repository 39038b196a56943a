/**
 * How far the round has come: who has agreed, who is asked now, who comes next. Names only: that much stands in the
 * certificate which everyone gets (R31); addresses are the officer's business.
 *
 * @module
 */
import type { VNode } from "preact";
import { awaitedParty, type Party } from "../../lib/domain/case.ts";
import { partyLabel } from "../../lib/letters/words.ts";
import { timeWords } from "../words.ts";
import type { Visit } from "./visit.ts";

type Standing = { readonly words: string; readonly tone: "ok" | "warn" | ""; readonly now: boolean };

function standingOf({ state }: Visit, party: Party): Standing {
  if (party.agreedAt !== null) {
    return { words: "同意済み ", tone: "ok", now: false };
  }
  const asked = state.phase === "circulating" && awaitedParty(state)?.id === party.id;
  return asked
    ? { words: "確認をお待ちしています", tone: "warn", now: true }
    : { words: "順番待ち", tone: "", now: false };
}

/** The parties in their order. */
export function ProgressCard({ visit }: { readonly visit: Visit }): VNode {
  return (
    <section class="card">
      <h2>確認の状況</h2>
      <ol class="parties">
        {visit.state.parties.map((party) => {
          const { words, tone, now } = standingOf(visit, party);
          const self = party.id === visit.party.id;
          return (
            <li
              key={party.id}
              class={party.agreedAt === null ? "" : "done"}
              aria-current={now ? "step" : undefined}
            >
              <b>{party.name} 様{self && "（あなた）"}</b> <small>{partyLabel(party.id)}</small>{" "}
              <span class={`tag ${tone}`}>
                {words}
                {party.agreedAt !== null && (
                  <time dateTime={party.agreedAt}>{timeWords(party.agreedAt)}</time>
                )}
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
