/**
 * Pages of the built-in mailbox: what went out, what came in.
 *
 * @module
 */
import type { ComponentChildren, VNode } from "preact";
import type { InboxEntry } from "../../lib/flows/receive_mail.ts";
import type { KeptMail } from "../../lib/mail/kept_mail.ts";
import type { ReadMail } from "../../lib/mail/read_mail.ts";
import { Facts, Layout, Note } from "../layout.tsx";
import { sizeWords, timeWords } from "../words.ts";
import type { LetterJson } from "./letter_json.ts";

/** The frame of these pages. */
export function MailboxFrame({ title, children }: {
  readonly title: string;
  readonly children: ComponentChildren;
}): VNode {
  return (
    <Layout title={title} side="開発用メールボックス" wide>
      <div class="stack pair">
        <a class="btn ghost" href="/dev/mailbox">受信・送信の一覧</a>
        <a class="btn ghost" href="/dev/mailbox/compose">メールを書く</a>
      </div>
      {children}
    </Layout>
  );
}

/** What is known of a mail besides its subject, in one line. */
const Details = ({ of }: { readonly of: readonly (string | null)[] }): VNode => (
  <small class="help">{of.filter((each) => each !== null).join("・")}</small>
);

/** Both lists, the newest first. */
export function ListPage({ letters, arrived, to }: {
  readonly letters: readonly KeptMail[];
  readonly arrived: readonly InboxEntry[];
  readonly to: string;
}): VNode {
  const recipients = [...new Set(letters.map((letter) => letter.to))].sort();
  return (
    <MailboxFrame title="開発用メールボックス">
      <section class="card">
        <h1>開発用メールボックス</h1>
        <Note tone="info">開発用です。ここに表示されるメールは、実際には送信されていません。</Note>
        <form method="get" action="/dev/mailbox" class="stack">
          <div class="field">
            <label for="to">宛先で絞り込む</label>
            <select id="to" name="to">
              <option value="">すべて</option>
              {recipients.map((each) => <option key={each} value={each} selected={each === to}>{each}
              </option>)}
            </select>
          </div>
          <button class="btn ghost" type="submit">表示</button>
        </form>
      </section>
      <section class="card">
        <h2>サービスが送ったメール</h2>
        {letters.length === 0 && <p>まだありません。</p>}
        <ul class="text-list">
          {letters.toReversed().filter((letter) => to === "" || letter.to === to).map((letter) => (
            <li key={letter.id}>
              <a href={`/dev/mailbox/letters/${letter.id}`}>{letter.subject}</a>
              <br />
              <Details of={[timeWords(letter.at), letter.to, letter.kind, letter.caseNumber]} />
            </li>
          ))}
        </ul>
      </section>
      <section class="card">
        <h2>サービスに届いたメール</h2>
        {arrived.length === 0 && <p>まだありません。</p>}
        <ul class="text-list">
          {arrived.map((entry) => (
            <li key={entry.id}>
              <a href={`/dev/mailbox/arrived/${entry.id}`}>{entry.envelope.from || "（差出人なし）"}</a>
              <br />
              <Details
                of={[timeWords(entry.receivedAt), entry.envelope.to.join(", "), entry.fate, entry.caseNumber]}
              />
            </li>
          ))}
        </ul>
      </section>
    </MailboxFrame>
  );
}

/** A letter: as text with its links, and as HTML in a frame that may run nothing. */
export function LetterPage(
  { entry, letter }: { readonly entry: KeptMail; readonly letter: LetterJson },
): VNode {
  return (
    <MailboxFrame title={entry.subject}>
      <section class="card">
        <h1>{entry.subject}</h1>
        <Facts rows={Object.entries(letter.headers)} />
        <a class="btn ghost" href={`/dev/mailbox/compose?reply=${entry.id}`}>このメールに返信する</a>
      </section>
      <Files files={letter.attachments} />
      <section class="card">
        <h2>本文（テキスト）</h2>
        <TextWithLinks text={letter.text} />
      </section>
      <section class="card">
        <h2>本文（HTML）</h2>
        <iframe
          title="HTML形式の本文"
          src={`/dev/mailbox/letters/${entry.id}/html`}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          width="100%"
          height="900"
        >
        </iframe>
      </section>
    </MailboxFrame>
  );
}

/** A mail that came in, as it was understood; `mail` is null when it can't be read. */
export function ArrivedPage({ entry, mail, files }: {
  readonly entry: InboxEntry;
  readonly mail: ReadMail | null;
  readonly files: readonly FileLink[];
}): VNode {
  return (
    <MailboxFrame title="届いたメール">
      <section class="card">
        <h1>{mail?.subject ?? "届いたメール"}</h1>
        <Facts
          rows={[
            ["差出人（封筒）", entry.envelope.from || "（なし）"],
            ["宛先（封筒）", entry.envelope.to.join(", ")],
            ["受信", timeWords(entry.receivedAt)],
            ["処理", entry.fate],
            ["案件番号", entry.caseNumber ?? "—"],
            ["自動メール", mail?.automatic ?? "—"],
            ["開けないもの", mail?.closed.join(", ") || "—"],
          ]}
        />
        <a class="btn ghost" href={`/dev/mailbox/arrived/${entry.id}/raw`}>原文（.eml）</a>
      </section>
      <Files files={files} />
      <section class="card">
        <h2>本文</h2>
        {mail
          ? <TextWithLinks text={mail.text} />
          : <Note tone="warn">このメールは読み取れませんでした。</Note>}
      </section>
    </MailboxFrame>
  );
}

/** A file to be downloaded. */
export type FileLink = { readonly filename: string; readonly size: number; readonly url: string };

function Files({ files }: { readonly files: readonly FileLink[] }): VNode | null {
  if (files.length === 0) return null;
  return (
    <section class="card">
      <h2>添付ファイル</h2>
      <ul class="text-list">
        {files.map(({ filename, size, url }) => (
          <li key={url}>
            <a href={url}>{filename}</a>（{sizeWords(size)}）
          </li>
        ))}
      </ul>
    </section>
  );
}

function TextWithLinks({ text }: { readonly text: string }): VNode {
  const pieces = text.split(/(https?:\/\/[^\s<>"、。）」]+)/);
  const linked = pieces.map((piece, at) => at % 2 === 1 ? <a key={at} href={piece}>{piece}</a> : piece);
  return <p class="plain">{linked}</p>;
}
