/**
 * What mail servers say when they do not take a letter, in words that a clerk understands.
 *
 * @module
 */

/** Patterns of answers (RFC 3463 status codes and usual wordings) with what they mean, the most telling first. */
const MEANINGS: readonly (readonly [RegExp, string])[] = [
  [
    /\b5\.1\.[0136]\b|user unknown|unknown user|no such user|does not exist|mailbox unavailable/i,
    "宛先のメールアドレスが見つかりません（入力の誤り、異動・退職などが考えられます）。",
  ],
  [
    /\b5\.1\.2\b|\b5\.4\.4\b|host not found|domain not found|ENOTFOUND/i,
    "宛先のドメイン（@より後ろ）が見つかりません。入力の誤りが考えられます。",
  ],
  [/\b[45]\.2\.2\b|quota|mailbox (is )?full|over.?quota/i, "宛先のメールボックスの容量がいっぱいです。"],
  [/\b5\.3\.4\b|\b5\.2\.3\b|too (big|large)|size limit/i, "メールの容量が、受信側の上限を超えています。"],
  [
    /\b5\.7\.\d+\b|spam|block|reject|denied|policy|blacklist/i,
    "受信側のメールサーバーが受け取りを拒否しました（迷惑メール対策の設定などが考えられます）。",
  ],
  [
    /timeout|timed out|ETIMEDOUT|ECONN|unavailable/i,
    "受信側のメールサーバーに、長い間つながりませんでした。",
  ],
];

/** The meaning of a server's answer; general words when it is not known. */
export function bounceWords(why: string): string {
  return MEANINGS.find(([pattern]) => pattern.test(why))?.[1] ??
    "受信側のメールサーバーが、メールを受け取りませんでした。";
}
