/**
 * A mail that came in, as it was understood, and what became of it.
 *
 * @module
 */
import type { VNode } from "preact";
import type { InboxEntry } from "../../lib/flows/receive_mail.ts";
import { writerWord } from "../../lib/letters/writer_words.ts";
import type { MailVerdict } from "../../lib/mail/authenticator.ts";
import type { Mailbox, ReadMail } from "../../lib/mail/read_mail.ts";
import { Facts, Note } from "../layout.tsx";
import { timeWords } from "../words.ts";
import { type BodyView, ViewedBody } from "./mail_body.tsx";
import { type FileLink, Files, MailHead, TextWithLinks, ThreadNav, type ThreadView } from "./mail_parts.tsx";
import { MailboxFrame } from "./mailbox_frame.tsx";
import { fateWords } from "./mail_words.ts";

/** What the page shows. */
export type ArrivedPageProps = {
  readonly entry: InboxEntry;
  /** Null when it can't be read. */
  readonly mail: ReadMail | null;
  readonly files: readonly FileLink[];
  /** How it is looked at, as far as it has HTML. */
  readonly view: BodyView;
  readonly thread: ThreadView;
};

const mailboxWords = ({ name, address }: Mailbox): string => name === "" ? address : `${name} <${address}>`;

/** What its writer added, as the service understands it; what was quoted is folded away. */
function Text({ mail: { text, newText } }: { readonly mail: ReadMail }): VNode {
  if (newText === "" || newText === text.trim()) return <TextWithLinks text={text} />;
  return (
    <>
      <TextWithLinks text={newText} />
      <details>
        <summary>引用を含む全文</summary>
        <TextWithLinks text={text} />
      </details>
    </>
  );
}

function Body({ entry, mail, view, thread }: Omit<ArrivedPageProps, "files">): VNode {
  const shown = mail ? <Text mail={mail} /> : <Note tone="warn">このメールは読み取れませんでした。</Note>;
  if (mail?.html) {
    const page = `/dev/mailbox/arrived/${entry.id}`;
    return <ViewedBody page={page} person={thread.person} view={view} text={mail.text}>{shown}</ViewedBody>;
  }
  return (
    <section class="mail-body">
      <h2 class="vh">本文</h2>
      {shown}
    </section>
  );
}

function Vouching({ verdict }: { readonly verdict: MailVerdict }): VNode {
  const { dkim, spf, dmarc, arc, aligned } = verdict;
  return (
    <details>
      <summary>差出人の確認：{aligned ? "確認済み" : "未確認"}</summary>
      <p>{writerWord({ vouched: aligned, warnings: [] })}</p>
      <Facts rows={[["DKIM", dkim], ["SPF", spf], ["DMARC", dmarc], ["ARC", arc]]} />
    </details>
  );
}

function Technical({ entry, mail }: Pick<ArrivedPageProps, "entry" | "mail">): VNode {
  const { envelope, transport } = entry;
  return (
    <details>
      <summary>ヘッダーと封筒</summary>
      <Facts
        rows={[
          ["差出人（封筒）", envelope.from || "（なし）"],
          ["宛先（封筒）", envelope.to.join(", ")],
          ["受付口", transport?.door ?? "この画面"],
          ["Message-ID", mail?.messageId ?? "—"],
          ["参照", mail?.references.join(" ") || "—"],
          ["Reply-To", mail?.replyTo.map(mailboxWords).join(", ") || "—"],
          ["自動メール", mail?.automatic ?? "いいえ"],
          ["開けないもの", mail?.closed.join(", ") || "なし"],
        ]}
      />
    </details>
  );
}

/** The page. */
export function ArrivedPage({ entry, mail, files, view, thread }: ArrivedPageProps): VNode {
  const tags = [
    [fateWords(entry.fate), entry.fate === "waiting" ? "warn" : "ok"] as const,
    ...entry.caseNumber === null ? [] : [[entry.caseNumber, ""] as const],
  ];
  const nav = <ThreadNav thread={thread} current={entry.id} />;
  return (
    <MailboxFrame title={mail?.subject || "届いたメール"} person={thread.person} is="reading" aside={nav}>
      <article class="card">
        <MailHead
          subject={mail?.subject ?? "届いたメール"}
          tags={tags}
          lines={[
            ["差出人", mail?.from.map(mailboxWords).join(", ") || entry.envelope.from || "（なし）"],
            ["宛先", mail?.to.map(mailboxWords).join(", ") || entry.envelope.to.join(", ")],
            ["日時", timeWords(entry.receivedAt)],
          ]}
        />
        <Files files={files} />
        <Body entry={entry} mail={mail} view={view} thread={thread} />
        <nav class="answers" aria-label="このメール">
          <a class="btn ghost" href={`/dev/mailbox/compose?again=${entry.id}`}>続けて書く</a>
          <a class="btn ghost" href={`/dev/mailbox/arrived/${entry.id}/raw`}>原文（.eml）</a>
        </nav>
        {entry.verdict && <Vouching verdict={entry.verdict} />}
        <Technical entry={entry} mail={mail} />
      </article>
    </MailboxFrame>
  );
}
