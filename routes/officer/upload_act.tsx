/**
 * The form that hands a contract in on the page, since gateways refuse large mails (R10, R11).
 *
 * @module
 */
import type { VNode } from "preact";
import { TextField } from "../text_field.tsx";
import { Act, type GuardOf } from "./parts.tsx";

/** Fields of the form with the label that a mail's line would have. */
export const LINE_FIELDS = [
  ["title", "契約名"],
  ["contractDate", "契約日"],
  ["term", "契約期間"],
  ["amount", "契約金額"],
  ["accessCode", "アクセスコード"],
  ["copyTo", "共有"],
  ["approvers", "承認者"],
] as const;

const HELP: Readonly<Record<(typeof LINE_FIELDS)[number][0], string>> = {
  title: "空欄のときは、同意書の契約名を使います。",
  contractDate: "例：令和8年12月1日",
  term: "例：令和8年12月1日〜令和9年3月31日",
  amount: "例：1,200,000円",
  accessCode: "確認者には、電話などメール以外の方法でお伝えください。",
  copyTo: "締結後のメールだけを受け取る方のメールアドレス。複数のときは「、」で区切ります。",
  approvers: "空欄のときは、所属に登録された承認者です。例：会計 花子 <hanako@example.lg.jp>",
};

/** The field for the PDFs. */
export function PdfField({ id, maxBytes }: {
  readonly id: string;
  /** Largest file, in bytes. */
  readonly maxBytes: number;
}): VNode {
  return (
    <div class="field">
      <label for={id}>
        契約書・覚書などのPDF<span class="must">必須</span>
      </label>
      <span class="help" id={`${id}-help`}>
        {`1件${
          Math.floor(maxBytes / 1_048_576)
        } MBまで。複数選べます。それぞれ別の書類として電子署名を付します。`}
        <br />
        大きなファイルは、送り終わるまで数分かかることがあります。画面が切り替わるまで、閉じずにお待ちください。
      </span>
      <input
        type="file"
        id={id}
        name="pdf"
        accept="application/pdf,.pdf"
        multiple
        required
        aria-describedby={`${id}-help`}
      />
    </div>
  );
}

/** The form. A contract that is there already is replaced. */
export function UploadAct({ path, guard, replaces, maxBytes }: {
  readonly path: string;
  readonly guard: GuardOf;
  readonly replaces: boolean;
  /** Largest file, in bytes. */
  readonly maxBytes: number;
}): VNode {
  return (
    <Act
      path={path}
      step="upload"
      guard={guard}
      multipart
      level={2}
      heading={replaces ? "契約書を差し替える" : "契約書を出す"}
      help="メールに添付できない大きなPDFは、こちらからお出しください。空欄の項目は、前に出した内容のままです。"
    >
      <PdfField id="pdf" maxBytes={maxBytes} />
      <details class="more">
        <summary>契約日などの項目（任意）</summary>
        <div class="stack">
          {LINE_FIELDS.map(([name, label]) => (
            <TextField autocomplete="off" key={name} name={name} label={label} help={HELP[name]} />
          ))}
        </div>
      </details>
    </Act>
  );
}
