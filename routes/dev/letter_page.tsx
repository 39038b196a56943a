/**
 * A letter of the service as its recipient has it, and what became of it.
 *
 * @module
 */
import type { VNode } from "preact";
import type { Delivery } from "../../lib/flows/deliveries.ts";
import type { KeptMail } from "../../lib/mail/kept_mail.ts";
import { Facts, Note } from "../layout.tsx";
import { DELIVERY_STATES, deliveryRemarks } from "../officer/deliveries_card.tsx";
import { timeWords } from "../words.ts";
import type { LetterJson } from "./letter_json.ts";
import { type BodyView, ViewedBody } from "./mail_body.tsx";
import { MailboxFrame } from "./mailbox_frame.tsx";
import { Files, MailHead, TextWithLinks, ThreadNav, type ThreadView } from "./mail_parts.tsx";
import { headerKindWords } from "./mail_words.ts";

/** What the page shows. */
export type LetterPageProps = {
  readonly entry: KeptMail;
  readonly letter: LetterJson;
  /** Null for a letter of no case: nobody keeps what became of it. */
  readonly delivery: Delivery | null;
  readonly view: BodyView;
  /** Words to answer with. */
  readonly words: readonly string[];
  readonly thread: ThreadView;
};

function Answers({ entry, words }: Pick<LetterPageProps, "entry" | "words">): VNode {
  const reply = `/dev/mailbox/compose?reply=${entry.id}`;
  return (
    <nav class="answers" aria-label="返信">
      <a class="btn ghost" href={reply}>返信する</a>
      <div class="chips">
        {words.map((word) => (
          <a key={word} class="chip" href={`${reply}&word=${encodeURIComponent(word)}`}>「{word}」と返信</a>
        ))}
      </div>
    </nav>
  );
}

function Fate({ entry, delivery }: Pick<LetterPageProps, "entry" | "delivery">): VNode | null {
  if (!delivery) return null;
  const remark = deliveryRemarks(delivery);
  const { state, at } = delivery;
  const ended = state === "failed" || state === "replaced";
  return (
    <details open={ended || state === "delayed"}>
      <summary>送信の状況：{DELIVERY_STATES[state].words}</summary>
      <p>{timeWords(at)}</p>
      {remark && <Note tone={ended ? "err" : "warn"}>{remark}</Note>}
      {!ended && (
        <form method="post" action={`/dev/mailbox/letters/${entry.id}/bounce`} class="act">
          <p class="lead">宛先がないという知らせが相手のサーバーから届いたことにして、その後を試せます。</p>
          <button class="btn ghost" type="submit">未達にしてみる</button>
        </form>
      )}
    </details>
  );
}

/** The page. */
export function LetterPage({ entry, letter, delivery, view, words, thread }: LetterPageProps): VNode {
  const state = delivery && DELIVERY_STATES[delivery.state];
  const tags = [
    ...entry.kind ? [[headerKindWords(entry.kind), ""] as const] : [],
    ...state ? [[state.words, state.tone] as const] : [],
  ];
  const nav = <ThreadNav thread={thread} current={entry.id} />;
  return (
    <MailboxFrame title={entry.subject} person={thread.person} is="reading" aside={nav}>
      <article class="card">
        <MailHead
          subject={entry.subject}
          tags={tags}
          lines={[
            ["差出人", letter.headers["From"]?.replaceAll('"', "")],
            ["宛先", entry.to],
            ["日時", timeWords(entry.at)],
          ]}
        />
        <Files files={letter.attachments} />
        <ViewedBody
          page={`/dev/mailbox/letters/${entry.id}`}
          person={thread.person}
          view={view}
          text={letter.text}
        >
          <TextWithLinks text={letter.text} />
        </ViewedBody>
        <Answers entry={entry} words={words} />
        <Fate entry={entry} delivery={delivery} />
        <details>
          <summary>ヘッダー</summary>
          <Facts rows={Object.entries(letter.headers)} />
        </details>
      </article>
    </MailboxFrame>
  );
}
