import { doesNotMatch, match } from "node:assert/strict";
import { writeCorrected, writeOfficerCorrected } from "../../lib/letters/corrected.ts";
import { writeDeclined } from "../../lib/letters/declined.ts";
import { writeDeliveryProblem } from "../../lib/letters/delivery_problem.ts";
import { writeExpired } from "../../lib/letters/expired.ts";
import type { Letter } from "../../lib/letters/letter.ts";
import { renderLetter } from "../../lib/letters/render.ts";
import { writePartyReopened } from "../../lib/letters/reopened.ts";
import { writeStatus } from "../../lib/letters/status.ts";
import { writeOfficerWithdrawn } from "../../lib/letters/withdrawn.ts";
import { HEAD } from "../support/sample_letters.ts";
import { START } from "../support/sample_case.ts";

const textOf = (letter: Letter): string => renderLetter(letter).text;
const ABOUT = { title: "文書管理システム保守業務委託", company: "株式会社見本" };
const PAGE = { about: ABOUT, officerUrl: "https://keiyaku.example.lg.jp/o/x" };
const CORRECTED = {
  recipientName: "見本 二郎",
  title: ABOUT.title,
  what: { version: 2 },
  reason: "金額の誤記",
  changes: [{ label: "契約金額", value: "1,200,000円 → 990,000円" }],
  again: true,
} as const;

Deno.test("R35 who had a request hears what changed and why, that the link is dead, and what follows", () => {
  const text = textOf(writeCorrected(HEAD, CORRECTED));
  match(text, /訂正版（第2版）を送り直しました/);
  match(text, /先にお送りした確認依頼のリンクは使えなくなりました/);
  match(text, /金額の誤記/);
  match(text, /1,200,000円 → 990,000円/);
  match(text, /新しい確認依頼のメールが届きます/);
});

Deno.test("R34 who is asked no more hears that nothing is to be done; a missing reason is said to be missing", () => {
  const text = textOf(writeCorrected(HEAD, { ...CORRECTED, what: "confirmers", reason: "", again: false }));
  match(text, /確認者を変更して送り直しました/);
  match(text, /理由の記入はありません/);
  match(text, /新しい確認依頼は届きません。お手続きは必要ありません/);
});

Deno.test("R35 the officer who had sent before hears who sent anew, or withdrew", () => {
  const { what, reason, changes } = CORRECTED;
  match(
    textOf(writeOfficerCorrected(HEAD, { ...PAGE, what, reason, changes, by: "契約 次郎" })),
    /契約 次郎が、次の理由で訂正版（第2版）を送り直しました/,
  );
  match(
    textOf(writeOfficerWithdrawn(HEAD, { ...PAGE, by: "契約 次郎", reason: "" })),
    /契約 次郎が、次の理由でこの案件を取り消しました.*理由の記入はありません/s,
  );
});

Deno.test("R32 who has agreed hears that a reopened case goes on, with the agreement standing", () => {
  const facts = { recipientName: "見本 二郎", title: ABOUT.title, reason: "先方の都合" };
  match(textOf(writePartyReopened(HEAD, facts)), /先方の都合.*そのまま有効です。お手続きは必要ありません/s);
});

Deno.test("R23 R32 R34 R35 letters to officers name the buttons that the case's page has", () => {
  const party = { id: "Confirmer1", name: "見本 一郎" };
  match(
    textOf(writeDeclined(HEAD, { ...PAGE, party, reason: "" })),
    /「再開する」.*「訂正版を送る」.*「確認者を変更する」.*「取り消す」/s,
  );
  const problem = { ...PAGE, failed: "request", recipient: "a@b.example", why: "550 unknown" } as const;
  match(textOf(writeDeliveryProblem(HEAD, { ...problem, party })), /「確認者を変更する」で直してください/);
  const approver = textOf(
    writeDeliveryProblem(HEAD, { ...problem, party: { id: "Approver1", name: "会計" } }),
  );
  match(approver, /承認者の設定.*「訂正版を送る」/s);
  doesNotMatch(approver, /「確認者を変更する」/);
  const expired = { ...PAGE, party, expiredAt: START, viewed: false };
  match(textOf(writeExpired(HEAD, { ...expired, needs: "resend" })), /「再送する」を押してください/);
  match(textOf(writeExpired(HEAD, { ...expired, needs: "reopen" })), /「再開する」から理由を/);
  match(
    textOf(writeExpired(HEAD, { ...expired, needs: "correct" })),
    /契約日を改めたPDFを、案件ページの「訂正版を送る」/,
  );
});

Deno.test("R33 R35 a status names only the acts of its phase", () => {
  const status = (phase: Parameters<typeof writeStatus>[1]["phase"]) =>
    textOf(writeStatus(HEAD, { ...PAGE, phase, parties: [] }));
  match(status("circulating"), /「再送する」「訂正版を送る」「確認者を変更する」「取り消す」/);
  match(status("declined"), /「再開する」「訂正版を送る」「確認者を変更する」/);
  match(status("drafted"), /契約書の提出や「取り消す」/);
  for (const phase of ["executed", "completed", "withdrawn"] as const) {
    doesNotMatch(status(phase), /「取り消す」|「訂正版を送る」/);
  }
});
