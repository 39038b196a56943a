/**
 * The frame of every page, and the small parts that pages are made of.
 *
 * @module
 */
import { type ComponentChildren, Fragment, type VNode } from "preact";
import { useContext } from "preact/hooks";
import { SurroundingsContext } from "./render.tsx";

/** What a page tells its frame. */
export type LayoutProps = {
  /** Title in the tab; the service's name follows it. */
  readonly title: string;
  /** Words at the right of the head; the public body's name unless said otherwise. */
  readonly side?: string;
  /** A wider column, for documents and lists. */
  readonly wide?: boolean;
  /** Whether the page has islands. */
  readonly script?: boolean;
  /** A style sheet on top of that of every page. */
  readonly sheet?: "mailbox";
  /** Where the 簡易表示版 of this page is. */
  readonly simple?: string;
  readonly children: ComponentChildren;
};

const Mark = (): VNode => (
  <svg width="28" height="28" viewBox="0 0 28 28" fill="none" aria-hidden="true">
    <rect x="4" y="2.5" width="17" height="23" rx="2.5" stroke="currentColor" stroke-width="2" />
    <path d="M8.5 9h8M8.5 13.5h5" stroke="currentColor" stroke-width="2" stroke-linecap="round" />
    <circle cx="20" cy="19.5" r="6" fill="currentColor" />
    <path
      class="tick"
      d="m17.4 19.6 1.9 1.9 3.3-3.6"
      stroke-width="1.8"
      stroke-linecap="round"
      stroke-linejoin="round"
    />
  </svg>
);

function Head({ title, script = false, sheet }: Pick<LayoutProps, "title" | "script" | "sheet">): VNode {
  const surroundings = useContext(SurroundingsContext);
  const assets = surroundings?.assets;
  const further = sheet && assets?.[sheet];
  const service = surroundings?.settings.bot.name ?? "電子契約";
  return (
    <head>
      <meta charset="utf-8" />
      <title>{`${title}｜${service}`}</title>
      <meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover" />
      <meta name="robots" content="noindex,nofollow" />
      <meta name="referrer" content="no-referrer" />
      <meta name="color-scheme" content="light dark" />
      <meta name="format-detection" content="telephone=no,email=no,address=no" />
      <meta name="description" content="契約書類の内容を確認し、同意するためのページです。" />
      <link rel="icon" href="data:," />
      <link rel="stylesheet" href={assets?.style.src} integrity={assets?.style.integrity} />
      {further && <link rel="stylesheet" href={further.src} integrity={further.integrity} />}
      {script && (
        <script type="module" src={assets?.client.src} integrity={assets?.client.integrity}>
        </script>
      )}
    </head>
  );
}

/** A whole page. */
export function Layout(props: LayoutProps): VNode {
  const settings = useContext(SurroundingsContext)?.settings;
  return (
    <html lang="ja">
      <Head {...props} />
      <body>
        <a class="skip" href="#main">本文へ進む</a>
        <header class="top">
          <div class="in">
            <span class="mark">
              <Mark />電子契約
            </span>
            <small>{props.side ?? settings?.publicBody.name}</small>
          </div>
        </header>
        <main id="main" class={props.wide ? "wide" : ""} tabIndex={-1}>{props.children}</main>
        <footer>
          {props.simple && (
            <div>
              <a href={props.simple}>うまく表示されないときは「簡易表示版」へ</a>
            </div>
          )}
          <div>
            <a href="/help">ヘルプ・お問い合わせ</a>
            <a href="/terms">利用規約</a>
            <a href="/verify">電子署名の検証</a>
          </div>
        </footer>
      </body>
    </html>
  );
}

/** Facts side by side with their names. */
export function Facts({ rows }: { readonly rows: readonly (readonly [string, ComponentChildren])[] }): VNode {
  return (
    <dl class="kv">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd class="num">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What a note says: something to know, done, to look at, or wrong. */
export type NoteTone = "info" | "ok" | "warn" | "err";

/** Signs that every font has: an "ℹ" is an empty box on some machines and a picture on others. */
const SIGNS: Readonly<Record<NoteTone, string>> = { info: "i", ok: "✓", warn: "!", err: "!" };

/** What a note is about. */
export type NoteProps = {
  readonly tone: NoteTone;
  /** Read out at once when the page opens. */
  readonly alert?: boolean;
  /** Whether the page opens here: what it says comes first. */
  readonly focus?: boolean;
  readonly children: ComponentChildren;
};

/**
 * A sentence that stands out, told apart by its sign and not by its colour alone. Its children stand within a
 * Fragment by its name: the precompiled templates would escape the strings of a list twice, also within `<>`.
 */
export function Note({ tone, alert, focus, children }: NoteProps): VNode {
  const focused = focus ? { tabIndex: -1, autofocus: true } : {};
  return (
    <div class={`note ${tone}`} role={alert ? "alert" : undefined} {...focused}>
      <span class="sign" aria-hidden="true">{SIGNS[tone]}</span>
      <div>
        <Fragment>{children}</Fragment>
      </div>
    </div>
  );
}
