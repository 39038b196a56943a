/**
 * The page that an answer is shown on.
 *
 * @module
 */
import type { ComponentChildren, VNode } from "preact";
import type { Answer } from "./answer.ts";
import { Layout } from "./layout.tsx";
import { SimpleLayout } from "./simple_layout.tsx";

/** What the page shows. */
export type AnswerPageProps = {
  readonly answer: Answer;
  /** Whether in the 簡易表示版. */
  readonly simple?: boolean;
  /** Where the way back leads. */
  readonly back?: string;
  /** What can be done besides: a form. */
  readonly children?: ComponentChildren;
  /** What is good to know besides, below. */
  readonly below?: ComponentChildren;
};

/** Says what was not done, why, and what to do. */
export function AnswerPage({ answer, simple, back, children, below }: AnswerPageProps): VNode {
  const Frame = simple ? SimpleLayout : Layout;
  return (
    <Frame title={answer.heading}>
      <section class="card">
        <h1>{answer.heading}</h1>
        <p>{answer.sentence}</p>
        <p class="lead">{answer.advice}</p>
        {children}
        {back && <a class="btn ghost" href={back}>戻る</a>}
      </section>
      {below}
    </Frame>
  );
}
