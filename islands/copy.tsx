/**
 * A button that copies a short text. It is there only where it works; without it the text can still be marked.
 *
 * @module
 */
import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";

/** What is copied, and what it is called: 「案件番号」. */
export type CopyProps = { readonly text: string; readonly name: string };

/** The button. */
export function Copy({ text, name }: CopyProps): VNode | null {
  const [state, setState] = useState<"hidden" | "ready" | "done">("hidden");
  useEffect(() => {
    if (navigator.clipboard) setState("ready");
  }, []);
  if (state === "hidden") return null;
  const copy = () =>
    navigator.clipboard.writeText(text).then(() => setState("done"), () => setState("hidden"));
  return (
    <>
      <button type="button" class="chip" aria-label={`${name}をコピー`} onClick={copy}>コピー</button>
      <span role="status">{state === "done" && " コピーしました"}</span>
    </>
  );
}
