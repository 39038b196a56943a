import { doesNotMatch, match, ok, strictEqual as equal } from "node:assert/strict";
import type { ConsentForm } from "../../lib/domain/consent_form.ts";
import type { UnreadableFormCode } from "../../lib/forms/consent_reading.ts";
import { writeCaseNotice } from "../../lib/letters/case_notice.ts";
import { writeCompletion } from "../../lib/letters/completion.ts";
import { writeDeliveryProblem } from "../../lib/letters/delivery_problem.ts";
import { writeFormProblem } from "../../lib/letters/form_problem.ts";
import { writeReceipt } from "../../lib/letters/receipt.ts";
import { writeFormRefused, writeRefusal } from "../../lib/letters/refusal.ts";
import { renderLetter } from "../../lib/letters/render.ts";
import { type RequestFacts, writeRequest } from "../../lib/letters/request.ts";
import type { Letter } from "../../lib/letters/letter.ts";
import { CONTACT, FORM, hash, START } from "../support/sample_case.ts";
import { HEAD, lettersOf, ORDINARY } from "../support/sample_letters.ts";

const textOf = (letter: Letter): string => renderLetter(letter).text;
const VENDOR = FORM.vendors[0]!;

const REQUEST: RequestFacts = {
  recipient: { id: "Confirmer2", role: "confirmer", name: "見本 二郎" },
  company: "株式会社見本",
  title: "県道1号線舗装工事",
  contractDate: "2026-12-01",
  officerName: "契約 太郎",
  documents: ["契約書.pdf", "覚書.pdf"],
  accessCode: false,
  again: false,
  untilWords: "令和8年12月4日 10時05分",
  normalUrl: "https://keiyaku.example.lg.jp/c/token",
  simpleUrl: "https://keiyaku.example.lg.jp/s/token",
};

Deno.test("R17: the request's subject is exactly this", () => {
  equal(
    renderLetter(writeRequest(HEAD, REQUEST)).subject,
    "見本県会計局会計管理課様から「県道1号線舗装工事」の確認依頼が届いています",
  );
});

Deno.test("R17: a long title stands in the subject whole", () => {
  const title = "道".repeat(300);
  ok(renderLetter(writeRequest(HEAD, { ...REQUEST, title })).subject.includes(`「${title}」`));
});

Deno.test("R18: the request says who sends, what, 契約日, until when, whom to ask; junk folder; no password", () => {
  const text = textOf(writeRequest(HEAD, REQUEST));
  for (
    const part of [
      "見本 二郎 様",
      "見本県会計局会計管理課（担当：契約 太郎）",
      "県道1号線舗装工事",
      "令和8年12月1日",
      "令和8年12月4日 10時05分",
      "契約書.pdf、覚書.pdf",
      "000-000-1001",
      "迷惑メールフォルダー",
      "パスワードをお尋ねすることはありません",
      "案件番号：R8-000123",
    ]
  ) ok(text.includes(part), part);
  match(text, /^https:\/\/keiyaku\.example\.lg\.jp\/c\/token$/m);
  match(text, /^https:\/\/keiyaku\.example\.lg\.jp\/s\/token$/m);
  match(text, /簡易表示版/);
});

Deno.test("R24: the request announces an access code, and that it comes another way", () => {
  doesNotMatch(textOf(writeRequest(HEAD, REQUEST)), /アクセスコード/);
  match(
    textOf(writeRequest(HEAD, { ...REQUEST, accessCode: true })),
    /アクセスコードは、担当者から別の方法でお知らせします/,
  );
});

Deno.test("R33: a request that is sent again says that the earlier link is void", () => {
  match(
    textOf(writeRequest(HEAD, { ...REQUEST, again: true })),
    /先にお送りしたメールのリンクは使えなくなりました/,
  );
});

Deno.test("R4: the receipt repeats every field, with the sender to expect, junk folder, days away, paper", () => {
  const facts = { contactName: "事務 三郎", form: FORM, formUrl: "https://x.example/f/1", proposed: false };
  const text = textOf(writeReceipt(HEAD, facts));
  for (
    const part of [
      "・同意書の種類：物品・役務",
      "・提出日：令和8年11月20日",
      "・宛名：見本県知事",
      "・契約名：文書管理システム保守業務委託",
      "・商号又は名称：株式会社見本",
      "・代表者職氏名：代表取締役 見本 一郎",
      "・確認者１ 氏名：見本 一郎",
      "・確認者１ メールアドレス：ichiro@vendor.example.jp",
      "・確認者２ メールアドレス：jiro@vendor.example.jp",
      "・担当者氏名：事務 三郎",
      "・電話番号：028-000-0000",
      "keiyaku@bot.example.lg.jp",
      "・ドメイン：bot.example.lg.jp",
      "迷惑メールフォルダー",
      "操作ができない期間",
      "紙の契約書を希望する",
    ]
  ) ok(text.includes(part), part);
  match(text, /^https:\/\/x\.example\/f\/1$/m);
});

function problem(form: ConsentForm | null, unreadable: string | null = null): string {
  const facts = { contactName: "事務 三郎", form, unreadable, formUrl: "https://x.example/f/1" };
  return textOf(writeFormProblem(HEAD, facts));
}

Deno.test("R4: each fault is named with what to do, blocking ones apart from the others", () => {
  const confirmers = [{ name: "", address: "ichiro＠vendor" }];
  const text = problem({ ...FORM, phone: "", vendors: [{ ...VENDOR, company: "", confirmers }] });
  const [blocking = "", further = ""] = text.split("■ ご確認いただきたいところ");
  match(blocking, /「商号又は名称」が読み取れませんでした/);
  match(blocking, /「確認者１ 氏名」が読み取れませんでした/);
  match(blocking, /「確認者１ メールアドレス」は、メールアドレスの形になっていません/);
  doesNotMatch(blocking, /「電話番号」/);
  match(further, /「電話番号」が読み取れませんでした/);
  match(text, /・電話番号：（空欄）\n.*読み取れませんでした/);
});

Deno.test("R3: a doubled address is named, and 確認者１ alone is suggested", () => {
  const [first, second] = VENDOR.confirmers;
  const confirmers = [first!, { ...second!, address: "ICHIRO@Vendor.example.jp" }];
  const text = problem({ ...FORM, vendors: [{ ...VENDOR, confirmers }] });
  match(text, /「確認者２ メールアドレス」が、ほかの確認者と同じです/);
  match(text, /確認者１のみをご記入ください/);
});

Deno.test("an unreadable form gets kind words for its reason, and the web form", () => {
  const words: Record<UnreadableFormCode, RegExp> = {
    encrypted: /パスワードをかけずに/,
    scanned: /画像（スキャンや写真）/,
    old_format: /ファイルの形式には対応しておらず/,
    damaged: /壊れているか/,
    too_slow: /時間内に読み取る/,
    no_form: /見つかりませんでした/,
  };
  for (const [code, pattern] of Object.entries(words)) {
    const text = problem(null, code);
    match(text, pattern);
    match(text, /^https:\/\/x\.example\/f\/1$/m);
    match(text, /大切に保管し、担当者にもお知らせしました/);
  }
  equal(problem(null, "constructor"), problem(null, "damaged"));
});

Deno.test("R5: the case notice has number, read-back, faults, the way to hand in, and the page", () => {
  const text = textOf(writeCaseNotice(HEAD, {
    contact: CONTACT,
    check: null,
    form: { ...FORM, phone: "" },
    unreadable: null,
    because: "opened",
    attached: true,
    officerUrl: "https://x.example/o/1",
  }));
  for (
    const part of [
      "案件番号：R8-000123",
      "株式会社見本",
      "jimu@vendor.example.jp",
      ".eml",
      "返信してください",
    ]
  ) {
    ok(text.includes(part), part);
  }
  match(text, /「電話番号」が読み取れませんでした/);
  match(text, /^https:\/\/x\.example\/o\/1$/m);
  // Quoted back without marks, the examples must not look like an officer's own lines (R11).
  doesNotMatch(text, /^[・\s]*(契約日|契約期間|契約金額|アクセスコード|共有|承認者)\s*[:：]/m);
});

Deno.test("R5: officers are told in words for them why a form could not be read", () => {
  for (const unreadable of ["encrypted", "scanned", "old_format", "damaged", "no_form"]) {
    const facts = {
      contact: CONTACT,
      check: null,
      form: null,
      unreadable,
      attached: true,
      officerUrl: "https://x.example/o/1",
    };
    const letter = renderLetter(writeCaseNotice(HEAD, { ...facts, because: "opened" }));
    match(letter.subject, /同意書を読み取れませんでした/);
    match(letter.text, /(読み取ることができません|見つかりません)でした。/);
    doesNotMatch(letter.text, /ご提出いただいた|いただいたメール/);
    doesNotMatch(
      renderLetter(writeCaseNotice(HEAD, { ...facts, because: "changed" })).subject,
      /読み取れません/,
    );
  }
});

Deno.test("R12: the summary shows parties in order, dates, files with pages, size and SHA-256, and warnings", () => {
  const text = textOf(lettersOf(ORDINARY)["draft-summary"]);
  for (
    const part of [
      "確認者２：見本 二郎 jiro@vendor.example.jp",
      "契約日：令和8年12月1日",
      "契約期間：令和8年12月1日（2026年）から令和9年3月31日（2027年）まで",
      "契約金額：1,200,000円",
      "3ページ、312.3 KB",
      `SHA-256：${hash("file")}`,
      ORDINARY.text,
      "この内容で送信する",
      "まだ送信していません",
    ]
  ) ok(text.includes(part), part);
});

Deno.test("R13: a refusal names the file, the reason and what to do, for each reason", () => {
  const reasons = [
    { code: "encrypted", about: "契約書.pdf" },
    { code: "contract_date_past", about: null },
    { code: "not_officer", about: null },
  ] as const;
  const text = textOf(writeRefusal(HEAD, { reasons, subject: "Re: 契約の件" }));
  match(text, /対象：契約書\.pdf/);
  match(text, /【理由】PDFにパスワード又は編集制限/);
  equal(text.match(/【対応】/g)?.length, 3);
});

Deno.test("R5: a refused form tells the vendor the officer's reason", () => {
  const facts = { contactName: "事務 三郎", title: "委託", reason: "この契約は変更契約のためです。" };
  match(textOf(writeFormRefused(HEAD, facts)), /^> この契約は変更契約のためです。$/m);
});

Deno.test("R30: the completion mail says how to keep the original, and has a link in any case", () => {
  const facts = {
    recipientName: "見本 一郎",
    title: "委託",
    company: "株式会社見本",
    contractDate: "2026-12-01",
    executedAt: START,
    files: [],
    downloadUrl: "https://x.example/d/1",
    untilWords: "令和8年12月4日 10時05分",
    verifyUrl: "https://x.example/verify",
  };
  const attached = textOf(writeCompletion(HEAD, { ...facts, attached: true }));
  const linked = textOf(writeCompletion(HEAD, { ...facts, attached: false }));
  for (const text of [attached, linked]) {
    match(text, /原本です/);
    match(text, /データのまま保管/);
    match(text, /ファイル名以外は変更しないで/);
    match(text, /印刷したものは原本になりません/);
    match(text, /編集や上書き保存/);
    match(text, /^https:\/\/x\.example\/d\/1$/m);
  }
  match(attached, /このメールに添付しました/);
  match(linked, /添付していません/);
});

Deno.test("R34: a bounce is put into words that a clerk understands", () => {
  const meaning = (why: string) =>
    textOf(writeDeliveryProblem(HEAD, {
      about: { title: "委託", company: "" },
      party: null,
      failed: "completion",
      recipient: "a@example.jp",
      why,
      officerUrl: "https://x.example/o/1",
    }));
  match(meaning("550 5.1.1 <a@example.jp>: Recipient address rejected: User unknown"), /見つかりません/);
  match(meaning("452 4.2.2 Mailbox full"), /容量がいっぱい/);
  match(meaning("552 5.3.4 Message size exceeds limit"), /上限を超えています/);
  match(meaning("554 5.7.1 blocked by policy"), /受け取りを拒否/);
  match(meaning("何か"), /受け取りませんでした/);
});
