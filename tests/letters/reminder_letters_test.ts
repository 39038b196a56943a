import { doesNotMatch, match, ok, strictEqual as equal } from "node:assert/strict";
import { type ReminderFacts, writeReminder } from "../../lib/letters/reminder.ts";
import { writeClosed, writeClosing } from "../../lib/letters/officer_reminder.ts";
import { renderLetter } from "../../lib/letters/render.ts";
import { HEAD, URL_BASE } from "../support/sample_letters.ts";

const FACTS: ReminderFacts = {
  recipient: { id: "Confirmer2", role: "confirmer", name: "見本 二郎" },
  company: "株式会社見本",
  title: "文書管理システム保守業務委託",
  contractDate: "2026-12-01",
  daysToContract: 3,
  daysOfLink: 6,
  why: ["contract_in_three_days"],
  officerName: "契約 太郎",
  accessCode: false,
  untilWords: "令和8年12月4日 10時05分",
  normalUrl: `${URL_BASE}/c/x`,
  simpleUrl: `${URL_BASE}/s/x`,
};
const reminder = (facts: Partial<ReminderFacts> = {}) =>
  renderLetter(writeReminder(HEAD, { ...FACTS, ...facts }));

Deno.test("R32 a reminder says who sent what, what is near, until when the link works, and whom to ask", () => {
  const { subject, text } = reminder();
  match(subject, /確認依頼の再度のご案内「文書管理システム保守業務委託」（案件番号 R8-000123）/);
  for (
    const part of [
      "株式会社見本\n見本 二郎 様（確認者２）",
      "見本県会計局会計管理課（担当：契約 太郎）",
      "契約日まで、あと3日です。",
      "・リンクの有効期限：令和8年12月4日 10時05分",
      "先にお送りした確認依頼のリンクも、同じ期限まで",
      "・電話：000-000-1001",
    ]
  ) ok(text.includes(part), part);
  doesNotMatch(text, /アクセスコード|あと6日/);
});

Deno.test("R32 several reasons stand in one reminder, in the days that are really left", () => {
  const both = ["link_ends", "contract_in_three_days", "contract_tomorrow"] as const;
  const { text } = reminder({ why: both, daysToContract: 1, daysOfLink: 0, accessCode: true });
  match(text, /・明日が契約日です。/);
  match(text, /・リンクの有効期限は、まもなく終わります（令和8年12月4日 10時05分 まで）。/);
  match(text, /アクセスコードの入力が必要です/);
  equal(text.match(/契約日です。|契約日まで/g)?.length, 1);
  match(reminder({ daysToContract: 0 }).text, /本日が契約日です。/);
});

Deno.test("R16 an approver is asked to approve, and has no company", () => {
  const { text } = reminder({ recipient: { id: "Approver1", role: "approver", name: "会計 花子" } });
  ok(text.startsWith("会計 花子 様（承認者１）\n"));
  match(text, /内容をご確認のうえ、承認の手続きを/);
});

Deno.test("R32 officers hear what opens a closed agreement again, and what to do on 契約日", () => {
  const about = { title: "契約", company: "会社" };
  const facts = {
    about,
    standing: "手続き中",
    missing: [],
    officerUrl: `${URL_BASE}/o/x`,
    contractDate: "2026-12-01",
  };
  const closed = (needs: "reopen" | "correct") => renderLetter(writeClosed(HEAD, { ...facts, needs })).text;
  match(closed("reopen"), /「再開する」から理由を入力/);
  match(closed("correct"), /契約日を改めたPDFを、案件ページの「訂正版を送る」から/);
  doesNotMatch(closed("correct"), /「再開する」/);
  const closing = (today: boolean, stopped: boolean) =>
    renderLetter(writeClosing(HEAD, { ...facts, today, stopped })).text;
  match(closing(true, false), /本日の24時を過ぎると/);
  match(closing(false, false), /令和8年12月1日（2026年）が契約日ですが/);
  match(closing(true, true), /「再開する」から理由を入力/);
  doesNotMatch(closing(true, true), /「再送する」/);
});
