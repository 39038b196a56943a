/**
 * Which letters of a case went to whom, and whether they arrived.
 *
 * @module
 */
import type { VNode } from "preact";
import type { Delivery, DeliveryState } from "../../lib/flows/deliveries.ts";
import { wordsOfReason } from "../../lib/letters/bounce_words.ts";
import { kindWords } from "../../lib/letters/kind_words.ts";
import { timeWords } from "../words.ts";
import type { StateTag } from "./phase_words.ts";

/** A state in a word or two, with the tone of its tag. */
export const DELIVERY_STATES: Readonly<Record<DeliveryState, StateTag>> = {
  waiting: { words: "送信待ち", tone: "" },
  delayed: { words: "遅延", tone: "warn" },
  taken: { words: "配送済", tone: "ok" },
  delivered: { words: "配送済（受信側に到着）", tone: "ok" },
  failed: { words: "未達", tone: "err" },
  replaced: { words: "未達（リンクのみのメールを送付）", tone: "warn" },
};

/** What a state's reader may want to know besides: why, and what to do; null when there is nothing to say. */
export function deliveryRemarks({ state, reason }: Delivery): string | null {
  if (reason === null) return null;
  const words = wordsOfReason(reason);
  switch (state) {
    case "delayed":
      return `${words.reason}自動で送り直しています。`;
    case "failed":
      return words.reason + words.nextStep;
    case "replaced":
      return `${words.reason}添付ファイルのないメールを、別に送りました。`;
    default:
      return null;
  }
}

/** Whether an officer should see at once that something is wrong. */
const troubled = ({ state }: Delivery): boolean => state === "failed" || state === "delayed";

/** The letters of a case, newest first; open when one of them has not arrived. */
export function DeliveriesCard({ deliveries }: { readonly deliveries: readonly Delivery[] }): VNode | null {
  if (deliveries.length === 0) return null;
  return (
    <details class="card" open={deliveries.some(troubled)}>
      <summary>メールの送信状況（{deliveries.length}件）</summary>
      <ol class="list deliveries">
        {deliveries.toReversed().map((delivery) => {
          const { words, tone } = DELIVERY_STATES[delivery.state];
          const remark = deliveryRemarks(delivery);
          return (
            <li key={delivery.outboxId}>
              <b>
                {kindWords(delivery.kind)} <span class={`tag ${tone}`}>{words}</span>
              </b>
              <small>{delivery.to}・{timeWords(delivery.at)}</small>
              {remark && <small>{remark}</small>}
            </li>
          );
        })}
      </ol>
    </details>
  );
}
