/**
 * Reads 理由 of a party's signature back into its parts (R25), for people who look at a report.
 *
 * @module
 */

/** Who did what when, and how it was known, as the signature says it. */
export type SignedAct = {
  readonly name: string;
  readonly address: string;
  /** In JST, as written: `2026年12月1日 14:03:22 JST`. */
  readonly at: string;
  readonly did: "送信" | "同意" | "承認";
  readonly authentication: string;
};

/** A name may hold anything, parentheses too: what the service wrote stands behind it, and is read from the end. */
const REASON =
  /^(.+)（([^（）\s]+@[^（）\s]+)）が(\d{4}年\d{1,2}月\d{1,2}日 \d\d:\d\d:\d\d JST)に(送信|同意|承認)、認証方法：(メール認証(?:＋アクセスコード)?)$/su;

/** Longest 理由 that is taken apart: what the service writes is far shorter, and others may write anything. */
const MAX_REASON = 2_000;

/** The parts of 理由; null for one that says something else. */
export function readReason(reason: string): SignedAct | null {
  if (reason.length > MAX_REASON) return null;
  const [, name, address, at, did, authentication] = REASON.exec(reason) ?? [];
  if (!name || !address || !at || !did || !authentication) return null;
  return { name, address, at, did: did as SignedAct["did"], authentication };
}
