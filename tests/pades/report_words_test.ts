import { match, ok, strictEqual as equal } from "node:assert/strict";
import {
  changeWords,
  faultWords,
  integrityWords,
  reportWords,
  timeWords,
} from "../../lib/pades/report_words.ts";
import { nextSteps, recordWords, uncoveredWords, verdictWords } from "../../lib/pades/verdict_words.ts";
import type { RevisionReport, VerificationReport } from "../../lib/pades/verification_report.ts";

const REVISION: RevisionReport = {
  field: "Confirmer1",
  kind: "signature",
  reason: "見本 一郎（ichiro@vendor.example.jp）が2026年12月1日 14:03:22 JSTに同意、認証方法：メール認証",
  who: "見本県電子契約",
  at: "2026-12-01T05:03:22.000Z",
  timestamp: "2026-12-01T05:03:22.000Z",
  existedAt: "2026-12-02T01:00:00.000Z",
  level: "LTA",
  intact: true,
  trusted: true,
  covers: "whole-revision",
  changedAfter: "signatures",
  changeAllowed: true,
  faults: [],
};
const REPORT: VerificationReport = { verdict: "valid", revisions: [REVISION], uncoveredBytes: 0 };

Deno.test("R39 a report tells per signature who, when, why, proven how, and what followed", () => {
  equal(
    reportWords(REPORT, "契約書（締結済）.pdf"),
    `ファイル: 契約書（締結済）.pdf
検証結果: 有効です。電子署名が付与された後、内容は変更されていません。

1. Confirmer1（電子署名）
   理由　　　: 見本 一郎（ichiro@vendor.example.jp）が2026年12月1日 14:03:22 JSTに同意、認証方法：メール認証
   署名者　　: 見本県電子契約
   日時　　　: 2026年12月1日 14:03:22 JST（署名のタイムスタンプによる証明）
   水準　　　: PAdES-B-LTA（長期保存）
   改ざん　　: ありません
   証明書　　: 信頼する認証局から発行されています
   対象範囲　: 署名した時点のファイル全体
   この後　　: 署名・タイムスタンプの追加のみ`,
  );
});

Deno.test("R39 what is wrong is said in a sentence each", () => {
  const broken: RevisionReport = {
    ...REVISION,
    kind: "doc-timestamp",
    reason: null,
    who: null,
    at: null,
    timestamp: null,
    existedAt: null,
    level: null,
    intact: false,
    trusted: false,
    covers: "part",
    changedAfter: "other",
    changeAllowed: false,
    faults: ["wrong_digest", "untrusted"],
  };
  const words = reportWords({ verdict: "tampered", revisions: [broken], uncoveredBytes: 12 }, "a.pdf");
  match(words, /改ざんされています/);
  match(words, /（文書タイムスタンプ）/);
  match(words, /日時　　　: 不明/);
  match(words, /問題点　　: 署名された内容が書き換えられています\n.*問題点　　: 証明書が、/);
  match(words, /12 バイトがあります/);
});

Deno.test("R39 a claimed time, one that a later timestamp bounds and a proven one are told apart", () => {
  const claimed: RevisionReport = { ...REVISION, timestamp: null, existedAt: null };
  equal(timeWords(claimed), "2026年12月1日 14:03:22 JST（署名者の申告）");
  match(
    timeWords({ ...claimed, existedAt: REVISION.existedAt }),
    /申告）。2026年12月2日 10:00:00 JSTまでに存在/,
  );
  match(timeWords({ ...REVISION, kind: "doc-timestamp" }), /（文書タイムスタンプによる証明）$/);
});

Deno.test("R39 what can't be told is not called tampering", () => {
  equal(integrityWords({ ...REVISION, intact: false, faults: ["unknown_format"] }), "確かめられません");
  equal(
    integrityWords({ ...REVISION, intact: false, faults: ["unknown_algorithm", "wrong_digest"] }),
    "あります",
  );
  equal(integrityWords({ ...REVISION, faults: ["weak_algorithm"] }), "ありません");
});

Deno.test("R39 every verdict but the good one says what to do next", () => {
  for (const verdict of ["tampered", "changed-after", "not-ours", "unsigned", "unreadable"] as const) {
    ok(nextSteps(verdict).length > 0 && nextSteps(verdict).every((step) => step.endsWith("。")), verdict);
    match(reportWords({ ...REPORT, verdict }, "a.pdf"), /次にすること:\n・/);
  }
  equal(nextSteps("valid").length, 0);
});

Deno.test("R39 validation data behind the last signature alarm nobody", () => {
  const last: RevisionReport = { ...REVISION, changedAfter: "validation-data" };
  match(
    uncoveredWords({ ...REPORT, revisions: [last], uncoveredBytes: 5_000 }) ?? "",
    /5,000 バイト追加.*内容の変更ではありません/,
  );
  equal(uncoveredWords(REPORT), null);
});

Deno.test("R39 a file is told to be on record or not, and whether a newer version exists", () => {
  equal(recordWords({ onRecord: false, renewedSince: false })[0], "このサービスの記録とは一致しません。");
  const [first, meaning] = recordWords({ onRecord: true, renewedSince: false });
  equal(first, "このサービスの記録と一致します。");
  ok(!meaning.includes("新しい版"));
  match(recordWords({ onRecord: true, renewedSince: true })[1], /タイムスタンプを更新した新しい版があります/);
});

Deno.test("text out of a file can't move the cursor, hide lines or go on for ever", () => {
  const reason = `\u001b[2J\r\n検証結果: 有効です。\u202e${"あ".repeat(5_000)}`;
  const words = reportWords({
    ...REPORT,
    revisions: [{ ...REVISION, reason, field: "\u0000A", who: "\u0007B" }],
  }, "a\n.pdf");
  // deno-lint-ignore no-control-regex -- these are what must not be there
  ok(!/[\u0000-\u0009\u000b-\u001f\u202e]/.test(words));
  equal(words.split("\n").filter((line) => line.startsWith("検証結果")).length, 1);
  ok(words.length < 1_000);
});

Deno.test("every verdict, fault and change has words", () => {
  for (
    const verdict of ["valid", "tampered", "changed-after", "not-ours", "unsigned", "unreadable"] as const
  ) {
    ok(verdictWords(verdict).endsWith("。"));
  }
  ok(faultWords("hidden_bytes").length > 0);
  equal(changeWords({ changedAfter: "none", changeAllowed: true }), "ありません");
  equal(
    changeWords({ changedAfter: "form-fields", changeAllowed: true }),
    "入力欄の変更（署名者が認めた変更です）",
  );
  equal(changeWords({ changedAfter: "other", changeAllowed: false }), "内容の変更（認められない変更です）");
});
