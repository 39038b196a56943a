/**
 * 「書類の内容に同意」 as a dialog on the same page. Without JavaScript, or without `<dialog>`, the button leads to a
 * page of the same words.
 *
 * @module
 */
import type { VNode } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

/** What the dialog says and sends. */
export type AgreeProps = {
  readonly confirmHref: string;
  readonly action: string;
  readonly guardField: string;
  readonly guard: string;
  readonly documents: string;
  readonly title: string;
  readonly counterpart: string;
};

function Question({ title, counterpart }: AgreeProps): VNode {
  return (
    <div id="agree-text">
      <dl class="kv">
        <div>
          <dt>契約名</dt>
          <dd>{title}</dd>
        </div>
        <div>
          <dt>相手方</dt>
          <dd>{counterpart}</dd>
        </div>
      </dl>
      <p>
        「同意して確認完了」を押すと、この書類に同意した記録として電子署名を付します。この操作は取り消せません。
      </p>
    </div>
  );
}

/** The button and its dialog. */
export function Agree(props: AgreeProps): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const [busy, setBusy] = useState(false);
  // Coming back from the browser's page cache, the button must work again.
  useEffect(() => {
    const back = () => setBusy(false);
    addEventListener("pageshow", back);
    return () => removeEventListener("pageshow", back);
  }, []);
  const open = (event: Event) => {
    if (typeof dialog.current?.showModal !== "function") return;
    event.preventDefault();
    dialog.current.showModal();
  };
  const send = (event: Event) => {
    if (busy) event.preventDefault();
    else setBusy(true);
  };
  return (
    <>
      <form method="get" action={props.confirmHref} onSubmit={open}>
        <button class="btn primary" type="submit" aria-haspopup="dialog">書類の内容に同意</button>
      </form>
      <dialog ref={dialog} class="dialog" aria-labelledby="agree-heading" aria-describedby="agree-text">
        <form method="post" action={props.action} onSubmit={send} class="stack">
          <h2 id="agree-heading" tabIndex={-1} autofocus>この内容で同意しますか</h2>
          <Question {...props} />
          <input type="hidden" name={props.guardField} value={props.guard} />
          <input type="hidden" name="documents" value={props.documents} />
          <label class="check">
            <input type="checkbox" name="read" value="yes" required />
            <span>書類の内容を確認しました</span>
          </label>
          <button class="btn primary" type="submit" aria-disabled={busy}>
            {busy ? "送信しています…" : "同意して確認完了"}
          </button>
          <button class="btn ghost" type="button" onClick={() => dialog.current?.close()}>書類に戻る</button>
        </form>
      </dialog>
    </>
  );
}
