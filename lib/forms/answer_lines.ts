/**
 * A vendor's answer to a read-back: single lines with what was missing or wrong, in the ways in which people write
 * them (R4).
 *
 * @module
 */
import { type ConsentForm, fieldsOf, labelOf, problemsOf } from "../domain/consent_form.ts";
import { isMailAddress } from "../domain/mail_address.ts";
import { mailAddress } from "./form_values.ts";
import { readLabel } from "./label.ts";
import { withoutSignature } from "./signature_block.ts";

/** An answer as a mail states it. */
export type AnswerText = {
  /** All text, with what it quotes. */
  readonly text: string;
  /** What its writer added. */
  readonly newText: string;
};

const MAX_LINES = 500;
/** In so many characters a sentence says what it is about. */
const MAX_ABOUT = 60;
/** What stands between what is spoken of and what it is: 「確認者１のメール**は** a@b です」. */
const PARTICLE = /(?:につきまして|について|の件)?[はがを][、,\s]*/g;
/** What a sentence says something to be. */
const SAID =
  /^(?:正しくは[、,\s]*)?[「『]?(.{1,200}?)[」』]?\s*(?:です|でした|になります|となります|で(?:よろしく)?お願い(?:いた)?します|に(?:訂正|変更|修正)(?:を?お願い(?:いた)?します|してください|して下さい|します|願います)?)[。.]?$/;
const ARROW = /\s*(?:→|⇒|=>|->|＝＞|－＞)\s*/;
const WRONG_AND_RIGHT = /[(（【]?誤[)）】]?\s*[:：]?\s*(.*?)[\s、,]*[(（【]?正[)）】]?\s*[:：]?\s*(.+)$/;
const QUOTED = /^\s*(?:[>＞|｜]\s*)+/;

/**
 * The answer as lines 「label：value」 where it says the same in other words: sentences, corrections with an arrow, also
 * within and below quoted lines, and a mail address alone where only one is asked for. Other lines stay as they are.
 */
export function answerLines({ text, newText }: AnswerText, form: ConsentForm): string {
  const own = withoutSignature(newText).split(/\r\n?|\n/).slice(0, MAX_LINES).map(plainLine);
  const lines = [...corrections(text, form), ...own];
  return (lines.some((line) => readLabel(line) !== null) ? lines : withLabel(lines, form)).join("\n");
}

/** A line in the shape 「label：value」 where it says the same in other words. */
function plainLine(line: string): string {
  const plain = spokenLine(line.trim()) ?? line;
  const label = readLabel(plain);
  const value = label === null ? null : corrected(label.rest);
  if (label === null || value === null) return plain;
  return `${plain.slice(0, plain.length - label.rest.length).replace(/[:：\s]+$/, "")}：${value}`;
}

/** A sentence as a labelled line; null when it is none about a field. */
function spokenLine(line: string): string | null {
  for (const { 0: particle, index } of line.slice(0, MAX_ABOUT).matchAll(PARTICLE)) {
    const about = line.slice(0, index);
    const said = SAID.exec(line.slice(index + particle.length))?.[1];
    if (said !== undefined && readLabel(about)?.shape === "whole") return `${about}：${said}`;
  }
  return null;
}

/** What a value is corrected to; null when it is none. */
function corrected(value: string): string | null {
  const both = WRONG_AND_RIGHT.exec(value);
  if (both !== null) return both[2]!.trim();
  const parts = value.split(ARROW);
  return parts.length > 1 ? parts.at(-1)!.trim() : null;
}

/** Quoted lines that were written into, or answered below with an arrow. */
function corrections(text: string, form: ConsentForm): string[] {
  const found: string[] = [];
  let asked = "";
  for (const line of text.split(/\r\n?|\n/).slice(0, MAX_LINES)) {
    const quoted = QUOTED.test(line);
    const bare = line.replace(QUOTED, "").trim();
    const label = readLabel(bare);
    if (quoted && label !== null && label.rest !== "") {
      asked = bare.slice(0, bare.length - label.rest.length);
      const [old = "", ...changed] = label.rest.split(ARROW);
      // Our own read-back may hold an arrow: it counts only behind the very value that we read.
      if (changed.length > 0 && holds(form, old)) found.push(`${asked}${changed.at(-1)!.trim()}`);
    } else if (quoted && label !== null) asked = `${bare}：`;
    else if (!quoted && bare !== "") {
      const answer = /^(?:→|⇒|=>|->|正しくは|訂正[:：])\s*(.+)$/.exec(bare)?.[1];
      if (answer !== undefined && asked !== "") {
        found.push(`${asked}${answer.replace(/(?:です|でした)[。.]?$/, "")}`);
      }
      asked = "";
    }
  }
  return found;
}

const squash = (text: string) => text.normalize("NFKC").replace(/\s/g, "");
const holds = (form: ConsentForm, value: string): boolean =>
  fieldsOf(form).some((field) => field.value !== "" && squash(field.value) === squash(value));

/** A line that is nothing but a mail address, where exactly one is missing or bad. */
function withLabel(lines: readonly string[], form: ConsentForm): readonly string[] {
  const asked = [
    ...new Set(problemsOf(form).map(({ field }) => field).filter((path) => path.endsWith(".address"))),
  ];
  const given = new Set(lines.map(addressAlone).filter((value) => value !== ""));
  const [field, another] = asked;
  if (field === undefined || another !== undefined || given.size !== 1) return lines;
  return [...lines, `${labelOf(form, field)}：${[...given][0]!}`];
}

function addressAlone(line: string): string {
  const value = mailAddress(line.trim().replace(/(?:です|になります|でお願いします)?[。.]?$/, ""));
  return isMailAddress(value) ? value : "";
}
