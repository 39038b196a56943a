import { strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { deliveryReason } from "../../lib/mail/delivery_reason.ts";

/** What servers say, with the place where it is met. */
const SAID: readonly (readonly [said: string, reason: ReturnType<typeof deliveryReason>])[] = [
  // Postfix
  ["550 5.1.1 <…>: Recipient address rejected: User unknown in virtual mailbox table", "no_such_address"],
  ["5.4.4 Host or domain name not found. Name service error for name=exampel.co.jp type=A", "unknown_domain"],
  ["5.4.6 mail for exampel.co.jp loops back to myself", "unreachable"],
  ["552 5.3.4 Message size exceeds fixed limit", "too_large"],
  ["4.4.1 connect to mx.example.co.jp[192.0.2.1]:25: Connection timed out", "unreachable"],
  ["452 4.2.2 The email account that you tried to reach is over quota.", "mailbox_full"],
  // qmail
  ["Sorry, no mailbox here by that name. (#5.1.1)", "no_such_address"],
  ["Sorry, I couldn't find any host named exampel.co.jp. (#5.1.2)", "unknown_domain"],
  // Gmail
  ["550-5.1.1 The email account that you tried to reach does not exist.", "no_such_address"],
  ["552-5.2.2 The recipient's inbox is out of storage space", "mailbox_full"],
  ["552-5.3.4 Your message exceeded Google's message size limits.", "too_large"],
  ["550-5.7.26 This mail is unauthenticated, which poses a security risk", "refused_as_spam"],
  ["550-5.2.1 The email account that you tried to reach is inactive.", "no_such_address"],
  // Exchange, Microsoft 365
  [
    "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
    "no_such_address",
  ],
  ["550 5.4.1 Recipient address rejected: Access denied. [TY1PEPF]", "no_such_address"],
  ["554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException", "mailbox_full"],
  ["550 5.7.606 Access denied, banned sending IP [192.0.2.1]", "refused_as_spam"],
  ["550 5.2.3 RESOLVER.RST.RecipSizeLimit; message too large for this recipient", "too_large"],
  // Japanese carriers and providers
  ["550 Unknown user …", "no_such_address"],
  ["550 5.1.1 <…>: User unknown", "no_such_address"],
  ["550 Invalid recipient: <…>", "no_such_address"],
  ["554 delivery error: dd This user doesn't have a yahoo.co.jp account", "no_such_address"],
  ["宛先不明のためメールを配信できませんでした", "no_such_address"],
  ["宛先のメールボックスの容量がいっぱいです", "mailbox_full"],
  ["メールサイズの上限を超えています", "too_large"],
  ["迷惑メールとして拒否されました", "refused_as_spam"],
  // Others
  ["550 5.1.10 null MX", "unknown_domain"],
  ["5.1.10", "unknown_domain"],
  ["5.2.2", "mailbox_full"],
  ["552 no", "mailbox_full"],
  ["554 5.7.1 Message rejected as spam", "refused_as_spam"],
  ["550 5.7.1 Recipient address rejected: policy restrictions", "refused_as_spam"],
  ["550 no", "other"],
  ["", "other"],
];

Deno.test("what a server says gives its reason", () => {
  for (const [said, reason] of SAID) equal(deliveryReason(said), reason, said);
});

Deno.test("whatever a server says, there is a reason, at once", () => {
  fc.assert(fc.property(fc.string({ maxLength: 2_000 }), (said) => typeof deliveryReason(said) === "string"));
});
