/**
 * The frame of the 簡易表示版 (R22): no scripts, and a style sheet that the oldest browsers understand.
 *
 * @module
 */
import type { ComponentChildren, VNode } from "preact";
import { useContext } from "preact/hooks";
import { SurroundingsContext } from "./render.tsx";

/** A whole page in the 簡易表示版. */
export function SimpleLayout({ title, children }: {
  readonly title: string;
  readonly children: ComponentChildren;
}): VNode {
  const assets = useContext(SurroundingsContext)?.assets;
  return (
    <html lang="ja">
      <head>
        <meta charset="utf-8" />
        <title>{`${title}（簡易表示版）`}</title>
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="robots" content="noindex,nofollow" />
        <meta name="referrer" content="no-referrer" />
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href={assets?.simple.src} />
      </head>
      <body>
        <div class="w" role="main">
          <p class="lead">電子契約（簡易表示版）</p>
          {children}
          <p class="lead">
            <a href="/help">ヘルプ・お問い合わせ</a> <a href="/terms">利用規約</a>
          </p>
        </div>
      </body>
    </html>
  );
}
