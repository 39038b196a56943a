/**
 * The composer: writes mail to the service in anybody's name, to play every part.
 *
 * @module
 */
import type { VNode } from "preact";
import type { Draft } from "./drafts.ts";
import { MailboxFrame } from "./mailbox_frame.tsx";
import { BOT_WORDS } from "./reply_words.ts";
import { SAMPLE_FILES } from "./sample_files.ts";
import type { SampleMail } from "./sample_mails.ts";

/** An address with what is known of it, to be chosen. */
export type AddressChoice = { readonly address: string; readonly words: string };

/** What the page shows. */
export type ComposeProps = {
  readonly draft: Draft;
  readonly samples: readonly SampleMail[];
  /** Who may be played. */
  readonly writers: readonly AddressChoice[];
  /** Where the service takes mail. */
  readonly places: readonly AddressChoice[];
};

type FieldProps = {
  readonly name: "from" | "to" | "subject";
  readonly label: string;
  readonly value: string;
  readonly choices?: readonly AddressChoice[];
  readonly help?: string;
};

function Field({ name, label, value, choices, help }: FieldProps): VNode {
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <input
        id={name}
        name={name}
        type="text"
        value={value}
        required={name !== "subject"}
        autocomplete="off"
        spellcheck={false}
        list={choices && `${name}-choices`}
        aria-describedby={help && `${name}-help`}
      />
      {help && <small class="help" id={`${name}-help`}>{help}</small>}
      {choices && (
        <datalist id={`${name}-choices`}>
          {choices.map(({ address, words }) => <option key={address} value={address}>{words}</option>)}
        </datalist>
      )}
    </div>
  );
}

function SampleFiles({ attached }: { readonly attached: readonly string[] }): VNode {
  return (
    <details open={attached.length > 0}>
      <summary>見本のファイルを添付する</summary>
      <fieldset class="samples">
        <legend class="vh">見本のファイル</legend>
        {SAMPLE_FILES.map(({ name, words }) => (
          <label key={name} class="check">
            <input type="checkbox" name="samples" value={name} checked={attached.includes(name)} />
            <span>{words}</span>
          </label>
        ))}
      </fieldset>
    </details>
  );
}

function Starts(
  { samples, from }: { readonly samples: readonly SampleMail[]; readonly from: string },
): VNode {
  const of = from === "" ? "" : `&from=${encodeURIComponent(from)}`;
  return (
    <nav class="thread" aria-label="書き始め">
      <p>
        <b>見本から始める</b>
      </p>
      <ul class="starts">
        {samples.map(({ name, about }) => (
          <li key={name}>
            <a href={`/dev/mailbox/compose?sample=${name}`}>{about}</a>
          </li>
        ))}
      </ul>
      <p>
        <b>合言葉を送る</b>
        <small>件名か本文の一行目に書くと、サービスが答えます。</small>
      </p>
      <div class="chips">
        {BOT_WORDS.map((word) => (
          <a key={word} class="chip" href={`/dev/mailbox/compose?word=${encodeURIComponent(word)}${of}`}>
            {word}
          </a>
        ))}
      </div>
    </nav>
  );
}

/** The form. */
export function ComposePage({ draft, samples, writers, places }: ComposeProps): VNode {
  const title = draft.inReplyTo === "" ? "メールを書く" : "返信を書く";
  return (
    <MailboxFrame
      title={title}
      person={draft.from}
      is="writing"
      aside={<Starts samples={samples} from={draft.from} />}
    >
      <section class="card">
        <div>
          <h1>{title}</h1>
          <p class="lead">だれの名前でも書けます。送ったメールは、本物と同じ入口から届きます。</p>
        </div>
        <form method="post" action="/dev/mailbox/compose" encType="multipart/form-data" class="stack">
          <input type="hidden" name="inReplyTo" value={draft.inReplyTo} />
          <input type="hidden" name="references" value={draft.references} />
          <div class="stack pair">
            <Field name="from" label="差出人" value={draft.from} choices={writers} />
            <Field name="to" label="宛先" value={draft.to} choices={places} />
          </div>
          <Field name="subject" label="件名" value={draft.subject} />
          <div class="field">
            <label for="text">本文</label>
            <textarea id="text" name="text" rows={draft.text.length > 200 ? 16 : 9}>{draft.text}</textarea>
          </div>
          <SampleFiles attached={draft.attached} />
          <div class="field">
            <label for="files">ファイルを選んで添付</label>
            <input id="files" name="files" type="file" multiple />
          </div>
          <button class="btn primary" type="submit">サービスに送る</button>
        </form>
      </section>
    </MailboxFrame>
  );
}
