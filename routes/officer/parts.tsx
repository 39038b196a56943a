/**
 * What the officer's page is made of.
 *
 * @module
 */
import type { ComponentChildren, VNode } from "preact";
import type { Case } from "../../lib/domain/case.ts";
import { Guard } from "../posted_form.tsx";

/** The words on the officer's buttons. */
export const WORDS = {
  send: "この内容で送信する",
  upload: "契約書を出す",
  resend: "再送する",
  withdraw: "取り消す",
  reopen: "再開する",
  correct: "訂正版を送る",
  confirmers: "確認者を変更する",
  code: "アクセスコードを設定する",
  mend: "読み取りを直す",
  refuse: "同意書を断る",
  hand: "担当を変更する",
  accept: "この同意書に差し替える",
  follow: "新しい案件を始める",
} as const;

/** Whether a case still waits for its contract to be sent: all about it can be changed. */
export const isOpen = ({ phase }: Case): boolean => phase === "intake" || phase === "drafted";

/** An act of the officer: the last part of the path its form is posted to. */
export type OfficerStep = keyof typeof WORDS;

/** Gives the hidden field of a step. */
export type GuardOf = (step: OfficerStep) => string;

/** An act with its explanation, its fields and its button. */
export function Act({ path, step, guard, heading, level, help, danger, multipart, children }: {
  readonly path: string;
  readonly step: OfficerStep;
  readonly guard: GuardOf;
  readonly heading: string;
  /** 3 unless it stands in a card of its own. */
  readonly level?: 2 | 3;
  readonly help?: string;
  readonly danger?: boolean;
  readonly multipart?: boolean;
  readonly children?: ComponentChildren;
}): VNode {
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <section class="act">
      <Heading>{heading}</Heading>
      {help && <p class="lead">{help}</p>}
      <form
        method="post"
        action={`${path}/${step}`}
        class="stack"
        encType={multipart ? "multipart/form-data" : undefined}
        data-island={multipart ? "upload" : undefined}
      >
        <Guard value={guard(step)} />
        {children}
        <button class={danger ? "btn danger" : "btn ghost"} type="submit">{WORDS[step]}</button>
      </form>
    </section>
  );
}

/** 理由, asked for an act that others are told of. */
export function ReasonField({ id, help, optional = false }: {
  readonly id: string;
  readonly help: string;
  readonly optional?: boolean;
}): VNode {
  return (
    <div class="field">
      <label for={id}>理由{optional && "（任意）"}</label>
      <span class="help" id={`${id}-help`}>{help}</span>
      <textarea
        id={id}
        name="reason"
        required={!optional}
        maxLength={1000}
        rows={3}
        aria-describedby={`${id}-help`}
      >
      </textarea>
    </div>
  );
}
