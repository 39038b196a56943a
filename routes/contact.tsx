/**
 * How to reach people: telephone numbers to tap, addresses to write to.
 *
 * @module
 */
import type { VNode } from "preact";
import { departmentOf, type Settings } from "../lib/settings/settings.ts";
import { Facts } from "./layout.tsx";

/** Where someone is reached: a telephone number, a mail address or a page becomes a link, other words stay. */
export function At({ at }: { readonly at: string }): VNode {
  if (/^https?:\/\//.test(at)) return <a href={at} rel="noreferrer">{at}</a>;
  if (/^[^\s@]+@[^\s@]+$/.test(at)) return <a href={`mailto:${at}`}>{at}</a>;
  return /^[\d+()-]{8,}$/.test(at) ? <a href={`tel:${at.replace(/[^\d+]/g, "")}`}>{at}</a> : <>{at}</>;
}

/** 担当課 of a case with its own telephone and mail (R40). */
export function DepartmentContact({ settings, departmentId, number }: {
  readonly settings: Settings;
  readonly departmentId: string;
  /** 案件番号, to be told on the telephone; null where nothing of the case may be shown. */
  readonly number: string | null;
}): VNode {
  const department = departmentOf(settings, departmentId);
  return (
    <section class="card">
      <h2>お問い合わせ先</h2>
      <Facts
        rows={[
          ["担当課", `${settings.publicBody.name} ${department?.name ?? ""}`.trim()],
          ...department?.phone ? [["電話", <At key="phone" at={department.phone} />] as const] : [],
          ...department?.email ? [["メール", <At key="email" at={department.email} />] as const] : [],
          ...number === null ? [] : [["案件番号", number] as const],
        ]}
      />
    </section>
  );
}
