/**
 * The composer: writes mail to the service in anybody's name, to play every part.
 *
 * @module
 */
import type { VNode } from "preact";
import { MailboxFrame } from "./mailbox_pages.tsx";
import type { SampleMail } from "./sample_mails.ts";

/** What the form is filled with. */
export type Draft = Pick<SampleMail, "from" | "to" | "subject" | "text"> & { readonly inReplyTo: string };

/** The form. */
export function ComposePage({ draft, samples }: {
  readonly draft: Draft;
  readonly samples: readonly SampleMail[];
}): VNode {
  const field = (name: "from" | "to" | "subject", label: string) => (
    <div class="field">
      <label for={name}>{label}</label>
      <input id={name} name={name} type="text" value={draft[name]} required={name !== "subject"} />
    </div>
  );
  return (
    <MailboxFrame title="メールを書く">
      <section class="card">
        <h1>メールを書く</h1>
        <p>見本から始める：</p>
        <ul class="text-list">
          {samples.map(({ name, about }) => (
            <li key={name}>
              <a href={`/dev/mailbox/compose?sample=${name}`}>{about}</a>
            </li>
          ))}
        </ul>
        <form method="post" action="/dev/mailbox/compose" encType="multipart/form-data" class="stack">
          <input type="hidden" name="inReplyTo" value={draft.inReplyTo} />
          {field("from", "差出人のメールアドレス")}
          {field("to", "宛先")}
          {field("subject", "件名")}
          <div class="field">
            <label for="text">本文</label>
            <textarea id="text" name="text" rows={16}>{draft.text}</textarea>
          </div>
          <div class="field">
            <label for="files">添付ファイル</label>
            <input id="files" name="files" type="file" multiple />
          </div>
          <button class="btn primary" type="submit">サービスに送る</button>
        </form>
      </section>
    </MailboxFrame>
  );
}
