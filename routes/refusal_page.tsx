/**
 * The page that a refusal ends as.
 *
 * @module
 */
import type { Refusal } from "../lib/domain/refusal.ts";
import { type Answer, ANSWERS } from "./answer.ts";
import { AnswerPage, type AnswerPageProps } from "./answer_page.tsx";
import { answerTo } from "./refusal_answers.ts";
import type { Pages } from "./render.tsx";

/** An answer as a page with its status. */
export function answerPage(
  pages: Pages,
  answer: Answer,
  more: Omit<AnswerPageProps, "answer"> = {},
): Response {
  return pages.html(<AnswerPage answer={answer} {...more} />, { status: answer.status });
}

/** Seconds after which what was done too often may surely be done again (1 hour). */
const TOO_OFTEN_S = 3_600;

/** A refusal as a page with its status. */
export function refusalPage(
  pages: Pages,
  { refused }: Refusal,
  more: Omit<AnswerPageProps, "answer"> = {},
): Response {
  const page = answerPage(pages, answerTo(refused), more);
  if (refused === "too_often") page.headers.set("retry-after", String(TOO_OFTEN_S));
  return page;
}

/** Tells a client that asks too often to wait, in seconds (RFC 9110 §10.2.3). */
export function slowDownPage(pages: Pages, seconds: number, answer: Answer = ANSWERS.slowDown): Response {
  const page = answerPage(pages, answer);
  page.headers.set("retry-after", String(seconds));
  return page;
}
