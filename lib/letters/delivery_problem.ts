/**
 * `delivery-problem`: tells the officers that a letter could not be delivered, in words that a clerk understands.
 *
 * @module
 */
import type { Letter, LetterHead } from "./letter.ts";
import type { LetterKind } from "./letter_order.ts";
import { type AboutContract, type AboutParty, officerNotice } from "./officer_notice.ts";
import { bounceWords } from "./bounce_words.ts";
import { kindWords } from "./kind_words.ts";

/** What the letter states. */
export type DeliveryProblemFacts = {
  readonly about: AboutContract;
  readonly party: AboutParty | null;
  /** The letter that failed. */
  readonly failed: LetterKind;
  readonly recipient: string;
  /** What the other server said, shortened. */
  readonly why: string;
  readonly officerUrl: string;
};

/** Writes the letter. */
export function writeDeliveryProblem(head: LetterHead, facts: DeliveryProblemFacts): Letter {
  const { about, party, failed, recipient, why, officerUrl } = facts;
  const { reason, nextStep } = bounceWords(why);
  const advice = failed === "request"
    ? [
      nextStep,
      "アドレスが正しい場合は、受信の設定を直していただいたうえで、案件ページの「再送する」を押してください。",
      ...party && /^Approver/.test(party.id)
        ? [
          "承認者のアドレスが誤っている場合は、所属の承認者の設定を管理者に直してもらい、" +
          "案件ページの「訂正版を送る」から、同じPDFをもう一度お送りください。",
        ]
        : [
          "アドレスが誤っている場合は、先方から正しいアドレスを確かめ、案件ページの「確認者を変更する」で直してください。" +
          "その方がまだ書類を開いておらず、直すのがアドレスだけであれば、その方だけに送り直します。",
        ],
    ]
    : [
      nextStep,
      "必要な内容は、案件ページからご確認のうえ、別の方法で先方にお伝えください。",
    ];
  return officerNotice(head, {
    about,
    subject: "メールを届けられませんでした",
    text: `次のメールを届けることができませんでした（${kindWords(failed)}）。`,
    party,
    quote: null,
    rows: [
      { label: "宛先", value: recipient },
      { label: "メールの種類", value: kindWords(failed) },
      { label: "考えられる原因", value: reason },
      { label: "メールサーバーからの応答", value: why },
    ],
    advice,
    officerUrl,
  });
}
