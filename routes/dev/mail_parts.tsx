/**
 * What the pages of a single mail are made of.
 *
 * @module
 */
import { type ComponentChildren, Fragment, type VNode } from "preact";
import type { Instant } from "../../lib/domain/instant.ts";
import { shortTimeWords, sizeWords } from "../words.ts";
import { fateWords, headerKindWords } from "./mail_words.ts";
import { type ListedMail, mailPath } from "./mail_list.ts";

/** A file to be downloaded. */
export type FileLink = { readonly filename: string; readonly size: number; readonly url: string };

/** A mail in the list of those that belong together. */
export type ThreadMail = { readonly mail: ListedMail; readonly subject: string; readonly unread: boolean };

/** The thread that a mail stands in. */
export type ThreadView = {
  /** The newest first. */
  readonly mails: readonly ThreadMail[];
  /** Whose mailbox it is seen from; empty for all. */
  readonly person: string;
  /** What the thread is about. */
  readonly about: string;
  readonly now: Instant;
};

/** The thread, to go from mail to mail. */
export function ThreadNav({ thread, current }: {
  readonly thread: ThreadView;
  readonly current: string;
}): VNode {
  const { mails, person, about, now } = thread;
  return (
    <nav class="thread" aria-label="このやり取り">
      <p>
        <b>このやり取り</b>
        <small>{about}</small>
      </p>
      <ol>
        {mails.map(({ mail, subject, unread }) => (
          <li key={mail.id} class={unread ? "unread" : ""}>
            <a href={mailPath(mail, person)} aria-current={mail.id === current ? "page" : undefined}>
              <span class="who">
                <span class={`way ${mail.way}`}>{mail.way === "in" ? "受信" : "送信"}</span>
                <time class="num" dateTime={mail.at}>{shortTimeWords(mail.at, now)}</time>
              </span>
              <b>
                {mail.entry ? subject || fateWords(mail.entry.fate) : headerKindWords(mail.kind) || subject}
              </b>
              <small>{mail.way === "in" ? mail.from || "差出人なし" : mail.to.join(", ")}</small>
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** Subject, tags, and who wrote to whom when. */
export function MailHead({ subject, tags, lines }: {
  readonly subject: string;
  readonly tags: readonly (readonly [words: string, tone: string])[];
  readonly lines: readonly (readonly [string, ComponentChildren])[];
}): VNode {
  return (
    <header class="mail-head">
      <p class="tags">
        {tags.map(([words, tone]) => <span key={words} class={`tag ${tone}`}>{words}</span>)}
      </p>
      <h1>{subject || "（件名なし）"}</h1>
      <dl>
        {lines.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </header>
  );
}

/** Files, each with its kind at a glance. */
export function Files({ files }: { readonly files: readonly FileLink[] }): VNode | null {
  if (files.length === 0) return null;
  return (
    <section>
      <h2 class="vh">添付ファイル</h2>
      <ul class="files">
        {files.map(({ filename, size, url }) => (
          <li key={url}>
            <a href={url}>
              <span class="ending" aria-hidden="true">{endingOf(filename)}</span>
              <span>
                <b>{filename}</b>
                <small>{sizeWords(size)}</small>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

const endingOf = (filename: string): string =>
  /\.([A-Za-z0-9]{1,4})$/.exec(filename)?.[1]?.toUpperCase() ?? "FILE";

/** A text as it was written, its links to be followed beside the mailbox. */
export function TextWithLinks({ text }: { readonly text: string }): VNode {
  const pieces = text.split(/(https?:\/\/[^\s<>"、。）」]+)/);
  return (
    <p class="plain">
      {pieces.map((piece, at) =>
        at % 2 === 1
          ? <a key={at} href={piece} target="_blank" rel="noopener">{piece}</a>
          // Plain strings in a list would be escaped twice by the precompiled templates.
          : <Fragment key={at}>{piece}</Fragment>
      )}
    </p>
  );
}
