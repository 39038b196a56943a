/**
 * One letter of each kind, written from the same texts, for tests that hold for all letters.
 *
 * @module
 */
import type { ConsentForm } from "../../lib/domain/consent_form.ts";
import { writeAccessCodeLocked } from "../../lib/letters/access_code_locked.ts";
import { writeAddressCheck } from "../../lib/letters/address_check.ts";
import { writeCaseNotice } from "../../lib/letters/case_notice.ts";
import { writeCompletion } from "../../lib/letters/completion.ts";
import { writeCorrected } from "../../lib/letters/corrected.ts";
import { writeDeclined } from "../../lib/letters/declined.ts";
import { writeDeliveryProblem } from "../../lib/letters/delivery_problem.ts";
import { writeDigest } from "../../lib/letters/digest.ts";
import { writeDocumentsLink } from "../../lib/letters/documents_link.ts";
import { writeDownloadLink } from "../../lib/letters/download_link.ts";
import { writeDraftSummary } from "../../lib/letters/draft_summary.ts";
import { writeExpired } from "../../lib/letters/expired.ts";
import { writeFormProblem } from "../../lib/letters/form_problem.ts";
import { writeHelp } from "../../lib/letters/help.ts";
import { writeVerification } from "../../lib/letters/verification.ts";
import type { Letter, LetterHead } from "../../lib/letters/letter.ts";
import type { LetterKind } from "../../lib/letters/letter_order.ts";
import { writeLinkRequested } from "../../lib/letters/link_requested.ts";
import { writeClosed, writeClosing, writeIdle } from "../../lib/letters/officer_reminder.ts";
import { writePaper } from "../../lib/letters/paper.ts";
import { writeQuestion } from "../../lib/letters/question.ts";
import { writeReceipt } from "../../lib/letters/receipt.ts";
import { writeRefusal } from "../../lib/letters/refusal.ts";
import { writeReopened } from "../../lib/letters/reopened.ts";
import { writeReminder } from "../../lib/letters/reminder.ts";
import { writeRequest } from "../../lib/letters/request.ts";
import { writeSealingDelayed } from "../../lib/letters/sealing_delayed.ts";
import { writeStatus } from "../../lib/letters/status.ts";
import { writeWithdrawn } from "../../lib/letters/withdrawn.ts";
import { FORM, hash, START } from "./sample_case.ts";

/** What people wrote. */
export type Written = {
  readonly name: string;
  readonly title: string;
  readonly company: string;
  readonly text: string;
  readonly file: string;
};

/** Ordinary texts. */
export const ORDINARY: Written = {
  name: "見本 二郎",
  title: "文書管理システム保守業務委託",
  company: "株式会社見本",
  text: "日程について相談させてください。",
  file: "契約書.pdf",
};

/** A link as letters have it. */
export const URL_BASE = "https://keiyaku.example.lg.jp";
const url = (page: string) => `${URL_BASE}/${page}/${"A".repeat(51)}`;

/** Who writes. */
export const HEAD: LetterHead = {
  caseNumber: "R8-000123",
  botAddress: "keiyaku@bot.example.lg.jp",
  signature: {
    publicBody: "見本県",
    department: "会計局会計管理課",
    phone: "000-000-1001",
    email: "kaikei@pref.example.lg.jp",
    service: "見本県電子契約",
    helpUrl: `${URL_BASE}/help`,
  },
};

function formOf({ name, title, company }: Written): ConsentForm {
  const confirmers = [{ name, address: "jiro@vendor.example.jp" }, { name, address: title }];
  return { ...FORM, contractName: title, vendors: [{ ...FORM.vendors[0]!, company, confirmers }] };
}

/** One letter of each kind. */
export function lettersOf(written: Written): Record<LetterKind, Letter> {
  const { name, title, company, text, file } = written;
  const form = formOf(written);
  const about = { title, company };
  const party = { id: "Confirmer2", name };
  const officerUrl = url("o");
  const untilWords = "令和8年12月4日 10時05分";
  const files = [{ name: file, pages: 3, size: 312_345, sha256: hash("file") }];
  const contact = { name, address: "jimu@vendor.example.jp" };
  const dates = { contractDate: "2026-12-01", term: { from: "2026-12-01", to: "2027-03-31" } };
  return {
    "receipt": writeReceipt(HEAD, { contactName: name, form, formUrl: url("f"), proposed: false }),
    "form-problem": writeFormProblem(HEAD, {
      contactName: name,
      form,
      unreadable: null,
      formUrl: url("f"),
    }),
    "case-notice": writeCaseNotice(HEAD, {
      contact,
      check: { vouched: false, warnings: ["hidden_characters", "reply_elsewhere"] },
      form,
      unreadable: null,
      because: "opened",
      attached: true,
      officerUrl,
    }),
    "address-check": writeAddressCheck(HEAD, { name, company, title }),
    "draft-summary": writeDraftSummary(HEAD, {
      officerName: name,
      officerUrl,
      summary: {
        ...about,
        ...dates,
        amount: 1_200_000,
        copyTo: ["copy@vendor.example.jp"],
        accessCode: true,
        parties: [{ id: "Confirmer2", role: "confirmer", name, address: "jiro@vendor.example.jp" }],
        files,
        warnings: [text],
      },
    }),
    "refusal": writeRefusal(HEAD, { reasons: [{ code: "encrypted", about: file }], subject: title }),
    "request": writeRequest(HEAD, {
      recipient: { ...party, role: "confirmer" },
      company,
      title,
      contractDate: dates.contractDate,
      officerName: "契約 太郎",
      documents: [file],
      accessCode: true,
      again: false,
      untilWords,
      normalUrl: url("c"),
      simpleUrl: url("s"),
    }),
    "reminder": writeReminder(HEAD, {
      recipient: { ...party, role: "confirmer" },
      company,
      title,
      contractDate: dates.contractDate,
      daysToContract: 1,
      daysOfLink: 3,
      why: ["link_ends", "contract_tomorrow"],
      officerName: "契約 太郎",
      accessCode: true,
      untilWords,
      normalUrl: url("c"),
      simpleUrl: url("s"),
    }),
    "declined": writeDeclined(HEAD, { about, party, reason: text, officerUrl }),
    "question": writeQuestion(HEAD, {
      check: null,
      about,
      party,
      from: name,
      question: text,
      attached: false,
      officerUrl,
    }),
    "withdrawn": writeWithdrawn(HEAD, { recipientName: name, title, reason: text }),
    "expired": writeExpired(HEAD, {
      about,
      party,
      expiredAt: START,
      viewed: true,
      needs: "resend",
      officerUrl,
    }),
    "corrected": writeCorrected(HEAD, {
      recipientName: name,
      title,
      what: { version: 2 },
      reason: text,
      changes: [{ label: "書類", value: file }],
      again: true,
    }),
    "reopened": writeReopened(HEAD, { about, by: name, reason: text, officerUrl }),
    "paper": writePaper(HEAD, { about, contactName: name, officerUrl }),
    "link-requested": writeLinkRequested(HEAD, { about, party, officerUrl }),
    "access-code-locked": writeAccessCodeLocked(HEAD, { about, party, tries: 5, officerUrl }),
    "sealing-delayed": writeSealingDelayed(HEAD, { about, step: "DocTimeStamp", cause: null, officerUrl }),
    "completion": writeCompletion(HEAD, {
      recipientName: name,
      ...about,
      contractDate: dates.contractDate,
      executedAt: START,
      files,
      attached: true,
      downloadUrl: url("d"),
      untilWords,
      verifyUrl: `${URL_BASE}/verify`,
    }),
    "delivery-problem": writeDeliveryProblem(HEAD, {
      about,
      party,
      failed: "request",
      recipient: "jiro@vendor.example.jp",
      why: `550 5.1.1 ${text}`,
      officerUrl,
    }),
    "download-link": writeDownloadLink(HEAD, { title, downloadUrl: url("d"), untilWords }),
    "documents-link": writeDocumentsLink(HEAD, {
      search: text,
      contracts: [{ number: "R8-000123", title, words: "締結完了" }],
      more: true,
      documentsUrl: url("documents"),
      untilWords,
    }),
    "status": writeStatus(HEAD, {
      about,
      phase: "circulating",
      parties: [{ ...party, agreedAt: null, handedOverAt: START, viewedAt: null }],
      officerUrl,
    }),
    "verification": writeVerification(HEAD, {
      files: [{
        name: `${text}.pdf`,
        verdict: "有効です。",
        rows: [{ label: "SHA-256", value: "ab".repeat(32) }],
        signatures: [{ title: "1. 電子署名", rows: [{ label: "誰が", value: text }] }],
        steps: [text],
      }],
      passedOver: ["PDFでない添付ファイル1件は、検証していません。"],
      verifyUrl: `${URL_BASE}/verify`,
    }),
    "digest": writeDigest(HEAD, {
      officerName: name,
      day: "2026-12-01",
      sections: [{
        heading: "ご対応をお待ちしている案件",
        cases: [{ number: "R8-000123", ...about, contractDate: "", words: [text, "3日経過"], url: url("o") }],
        more: 2,
      }],
      listUrl: url("o"),
      untilWords,
    }),
    "help": writeHelp(HEAD, {
      formsUrl: `${URL_BASE}/forms`,
      verifyUrl: `${URL_BASE}/verify`,
      documentsUrl: `${URL_BASE}/documents`,
    }),
  };
}

/** Further letters of kinds that speak of several things. */
export function furtherLettersOf({ name, title, company, text }: Written): Record<string, Letter> {
  const missing = [{ id: "Confirmer2", name, standing: text }];
  const facts = { about: { title, company }, standing: text, missing, officerUrl: url("o") };
  const contractDate = "2026-12-01";
  return {
    closing: writeClosing(HEAD, { ...facts, contractDate, today: true, stopped: false }),
    closingAhead: writeClosing(HEAD, { ...facts, contractDate, today: false, stopped: true }),
    closed: writeClosed(HEAD, { ...facts, contractDate, needs: "correct" }),
    idle: writeIdle(HEAD, { ...facts, since: START, days: 5, next: text }),
  };
}
