/**
 * What the pages of a request are made of, in both views.
 *
 * @module
 */
import { type ComponentChildren, Fragment, type VNode } from "preact";
import { companyOf } from "../../lib/domain/consent_form.ts";
import { currentSha256 } from "../../lib/domain/case.ts";
import { departmentOf, type Settings } from "../../lib/settings/settings.ts";
import { Layout } from "../layout.tsx";
import { SimpleLayout } from "../simple_layout.tsx";
import type { Base, Visit } from "./visit.ts";

/** The words on the buttons that send a form. */
export const WORDS = {
  open: "利用規約に同意して書類を開く",
  code: "次へ進む",
  agree: "同意して確認完了",
  decline: "同意しない",
  ask: "質問・日程の相談",
  renew: "新しいリンクを請求する",
} as const;

/** A step of a request: the form that leads on. */
export type RecipientStep = keyof typeof WORDS;

/** 県の所属: who sent the request. */
export function senderOf(settings: Settings, visit: Visit): string {
  const department = departmentOf(settings, visit.state.departmentId)?.name ?? "";
  return `${settings.publicBody.name} ${department}`.trim();
}

/** The other side of the contract, as a party sees it. */
export function counterpartOf(settings: Settings, visit: Visit): string {
  const { form } = visit.state;
  return visit.party.role === "approver" && form ? companyOf(form) : senderOf(settings, visit);
}

/** 契約名, or the name of the first file when none was given. */
export function titleOf({ state: { draft } }: Visit): string {
  return draft?.title || draft?.documents[0]?.name || "契約書";
}

/** What the documents are at this moment: goes with the agreement, so that nobody agrees to another version. */
export function shownDocuments({ state: { draft } }: Visit): string {
  return (draft?.documents ?? []).map(currentSha256).join();
}

/** The frame of a page of a request. */
export function Frame({ base, path, title, wide, script, children }: {
  readonly base: Base;
  readonly path?: string;
  readonly title: string;
  readonly wide?: boolean;
  readonly script?: boolean;
  readonly children: ComponentChildren;
}): VNode {
  if (base === "/s") return <SimpleLayout title={title}>{children}</SimpleLayout>;
  const simple = path === undefined ? {} : { simple: path.replace("/c/", "/s/") };
  return <Layout title={title} wide={wide ?? false} script={script ?? false} {...simple}>{children}</Layout>;
}

const STEPS = ["規約への同意", "内容の確認", "完了"];

/** How far one has come; `at` steps are done. */
export function Steps({ at }: { readonly at: 0 | 1 | 2 | 3 }): VNode {
  return (
    <ol class="steps" aria-label="手続きの流れ">
      {STEPS.map((name, index) => (
        <li key={name} class={index < at ? "done" : ""} aria-current={index === at ? "step" : undefined}>
          {name}
          {index < at && <span class="vh">（済み）</span>}
        </li>
      ))}
    </ol>
  );
}

/** A tick that must be set by hand: programs that press every button stop at it. */
export function Tick({ name, children }: {
  readonly name: string;
  readonly children: ComponentChildren;
}): VNode {
  return (
    <label class="check">
      <input type="checkbox" name={name} value="yes" required />
      <span>
        {/* As in Note: or the strings of a list would be escaped twice. */}
        <Fragment>{children}</Fragment>
      </span>
    </label>
  );
}
