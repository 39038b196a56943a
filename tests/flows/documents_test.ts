import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import { certificateFacts } from "../../lib/flows/certify.ts";
import { executedFiles, executedName } from "../../lib/flows/documents.ts";
import { completionRecipients, officersOf } from "../../lib/flows/orders.ts";
import { caseOf } from "../support/given_case.ts";
import { paperWorld } from "../support/paper_world.ts";
import {
  APPROVER,
  askedWith,
  completed,
  hash,
  OFFICER,
  opened,
  sealedHash,
  wholeSealed,
} from "../support/sample_case.ts";
import { TEST_SETTINGS } from "../support/test_settings.ts";

Deno.test("an executed PDF keeps its name, with 締結済 before the ending", () => {
  equal(executedName("契約書.pdf"), "契約書（締結済）.pdf");
  equal(executedName("契約書.PDF"), "契約書（締結済）.pdf");
  equal(executedName("v1.0"), "v1.0（締結済）.pdf");
});

Deno.test("the executed files are base and tails in order, and the certificate", () => {
  const [contract, certificate] = executedFiles(caseOf(completed()));
  deepEqual(contract?.parts.slice(0, 2), [hash("contract"), hash("tail 0 Sender")]);
  equal(contract?.parts.length, 8);
  equal(contract?.size, 100_000 + 7 * 11_000);
  deepEqual([certificate?.filename, certificate?.parts, certificate?.size], [
    "合意締結証明書_R8-000123.pdf",
    [hash("certificate")],
    200_000,
  ]);
});

Deno.test("everyone gets the executed contract once", () => {
  const state = caseOf(completed());
  deepEqual(completionRecipients(state), [
    "jiro@vendor.example.jp",
    "ichiro@vendor.example.jp",
    APPROVER.address,
    OFFICER.address,
  ]);
  const copyTo = ["ICHIRO@vendor.example.jp", "soumu@vendor.example.jp"];
  const copied = completionRecipients({ ...state, draft: { ...state.draft!, copyTo } });
  equal(copied.length, 5);
  equal(copied.at(-1), "soumu@vendor.example.jp");
});

Deno.test("a case is looked after by all officers, then by the one who handed the contract in", () => {
  const officers = officersOf(caseOf(opened), TEST_SETTINGS).map((officer) => officer.address);
  deepEqual(officers, [OFFICER.address]);
  const state = caseOf(askedWith({ officer: { name: "元 担当", address: "moved@pref.example.lg.jp" } }));
  deepEqual(officersOf(state, TEST_SETTINGS).map((officer) => officer.address), [OFFICER.address]);
  // Who sent it may have left since: what people write about it goes to those who are there.
  const left = {
    ...state,
    draft: { ...state.draft!, officer: { name: "元 担当", address: "moved@pref.example.lg.jp" } },
  };
  deepEqual(officersOf(left, TEST_SETTINGS).map((officer) => officer.address), [OFFICER.address]);
});

Deno.test("the certificate states who agreed, when and how, and the head of the history", () => {
  const { world } = paperWorld();
  const state = caseOf(wholeSealed());
  const facts = certificateFacts(world, state);
  equal(facts.contractDate, "令和8年12月1日");
  equal(facts.executedAt, "2026年11月24日 11:00:00 JST");
  deepEqual(facts.parties.map(({ role, name, authentication }) => `${role} ${name} ${authentication}`), [
    "送信者 会計局会計管理課　契約 太郎 メール認証",
    "確認者２ 株式会社見本　見本 二郎 メール認証",
    "確認者１ 株式会社見本　見本 一郎 メール認証",
    "承認者１ 会計局会計管理課　会計 花子 メール認証",
  ]);
  equal(facts.documents[0]?.sha256, sealedHash("DocTimeStamp"));
  equal(facts.historyHead, state.head);
});
