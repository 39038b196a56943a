/**
 * 案件番号, ready to be copied.
 *
 * @module
 */
import type { VNode } from "preact";
import { Copy } from "../islands/copy.tsx";

/** The number with a button, where the page has its script. */
export function CaseNumber({ number }: { readonly number: string }): VNode {
  const copy = { text: number, name: "案件番号" };
  return (
    <>
      {number}{" "}
      <span data-island="copy" data-props={JSON.stringify(copy)}>
        <Copy {...copy} />
      </span>
    </>
  );
}
