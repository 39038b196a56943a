import { doesNotMatch, match, ok, strictEqual as equal } from "node:assert/strict";
import type { WriterCheck, WriterWarning } from "../../lib/domain/writer_check.ts";
import { writeCaseNotice } from "../../lib/letters/case_notice.ts";
import { writeQuestion } from "../../lib/letters/question.ts";
import { renderLetter } from "../../lib/letters/render.ts";
import { writerBlocks, writerRows, writerWarningWords, writerWord } from "../../lib/letters/writer_words.ts";
import { FORM } from "../support/sample_case.ts";
import { HEAD } from "../support/sample_letters.ts";

const ALL: readonly WriterWarning[] = [
  "hidden_characters",
  "names_other_address",
  "staff_name",
  "look_alike_domain",
  "reply_elsewhere",
];
const SPOOFED: WriterCheck = { vouched: false, warnings: ALL };
const GENUINE: WriterCheck = { vouched: true, warnings: [] };

const notice = (check: WriterCheck | null) =>
  renderLetter(writeCaseNotice(HEAD, {
    contact: { name: "", address: "jimu@vendor.example.jp" },
    check,
    form: FORM,
    unreadable: null,
    because: "opened",
    attached: false,
    officerUrl: "https://x.example/o/1",
  })).text;

const question = (check: WriterCheck | null) =>
  renderLetter(writeQuestion(HEAD, {
    about: { title: "", company: "" },
    party: null,
    from: "jimu@vendor.example.jp",
    question: "質問です。",
    check,
    attached: false,
    officerUrl: null,
  })).text;

Deno.test("each warning is a sentence of its own", () => {
  const sentences = writerWarningWords(SPOOFED);
  equal(new Set(sentences).size, ALL.length);
  for (const sentence of sentences) ok(sentence.endsWith("。"), sentence);
  match(writerWord(SPOOFED), /^未確認/);
  match(writerWord(GENUINE), /^確認済み/);
});

Deno.test("letters to officers tell how far the writer was confirmed, and what may deceive", () => {
  for (const write of [notice, question]) {
    match(write(GENUINE), /差出人の確認：確認済み/);
    doesNotMatch(write(GENUINE), /表示名/);
    match(write(SPOOFED), /差出人の確認：未確認/);
    for (const sentence of writerWarningWords(SPOOFED)) ok(write(SPOOFED).includes(sentence.slice(0, 20)));
  }
});

Deno.test("nothing is said of what came by no mail", () => {
  for (const write of [notice, question]) doesNotMatch(write(null), /差出人の確認/);
  equal(writerRows(null).length + writerBlocks(null).length + writerBlocks(GENUINE).length, 0);
});
