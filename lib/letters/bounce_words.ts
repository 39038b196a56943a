/**
 * Why a letter was not taken, and what to do now, in words that a clerk understands.
 *
 * @module
 */
import { type DeliveryReason, deliveryReason } from "../mail/delivery_reason.ts";

/** A reason as it is told, and what its reader can do about it. */
export type BounceWords = { readonly reason: string; readonly nextStep: string };

const ASK_ADDRESS = "先方に電話などで正しいメールアドレスをご確認ください。";

const WORDS: Readonly<Record<DeliveryReason, BounceWords>> = {
  no_such_address: {
    reason: "宛先のメールアドレスが見つかりません（入力の誤り、異動・退職などが考えられます）。",
    nextStep: ASK_ADDRESS,
  },
  unknown_domain: {
    reason: "宛先のドメイン（@より後ろ）が見つかりません。入力の誤りが考えられます。",
    nextStep: ASK_ADDRESS,
  },
  mailbox_full: {
    reason: "宛先のメールボックスの容量がいっぱいです。",
    nextStep: "先方に、不要なメールを削除していただくようお伝えのうえ、もう一度送ってください。",
  },
  too_large: {
    reason: "メールの容量が、受信側の上限を超えています。",
    nextStep: "先方に、受け取れるメールの容量をご確認ください。",
  },
  refused_as_spam: {
    reason: "受信側のメールサーバーが受け取りを拒否しました（迷惑メール対策の設定などが考えられます）。",
    nextStep:
      "先方に、本サービスのメールアドレスからの受信を許可していただくようお伝えのうえ、もう一度送ってください。",
  },
  unreachable: {
    reason: "受信側のメールサーバーに、長い間つながりませんでした。",
    nextStep: "しばらくしてからもう一度送るか、先方にメールの受信状況をご確認ください。",
  },
  other: {
    reason: "受信側のメールサーバーが、メールを受け取りませんでした。",
    nextStep: "先方に、メールアドレスと受信の設定をご確認ください。",
  },
};

/** The words of a reason. */
export const wordsOfReason = (reason: DeliveryReason): BounceWords => WORDS[reason];

/** The words for what a server said; general ones when it is not understood. */
export const bounceWords = (why: string): BounceWords => WORDS[deliveryReason(why)];
