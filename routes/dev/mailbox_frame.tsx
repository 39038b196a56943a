/**
 * The frame of the mailbox: whose mailboxes there are, and beside them a list or a mail.
 *
 * @module
 */
import type { ComponentChildren, VNode } from "preact";
import { Layout } from "../layout.tsx";
import type { MailboxPerson } from "./mailbox_people.ts";

/** Path of the mailbox of a person; of all for the empty address. */
export const mailboxPath = (person: string): string =>
  person === "" ? "/dev/mailbox" : `/dev/mailbox?to=${encodeURIComponent(person)}`;

/** What a page of the mailbox is made of. */
export type FrameProps = {
  readonly title: string;
  /** Whose mailbox it is; empty for all. */
  readonly person: string;
  /** What stands at the side: before the rest, unless a mail is read. */
  readonly aside: VNode;
  readonly is: "listing" | "reading" | "writing";
  readonly children: ComponentChildren;
};

/** The frame of these pages. */
export function MailboxFrame({ title, person, aside, is, children }: FrameProps): VNode {
  const from = person === "" ? "" : `?from=${encodeURIComponent(person)}`;
  const beside = (
    <div class="beside">
      {is !== "writing" && <a class="btn primary" href={`/dev/mailbox/compose${from}`}>メールを書く</a>}
      {aside}
    </div>
  );
  return (
    <Layout title={title} side="開発用メールボックス" sheet="mailbox" wide>
      <div class={`mailbox ${is}`}>
        {is !== "reading" && beside}
        <div class="stack">
          {is !== "listing" && <a class="back" href={mailboxPath(person)}>← 一覧へ戻る</a>}
          {children}
        </div>
        {is === "reading" && beside}
      </div>
    </Layout>
  );
}

/** The mailboxes to switch between. */
export function People({ people, person }: {
  readonly people: readonly MailboxPerson[];
  readonly person: string;
}): VNode {
  const chosen = person.toLowerCase();
  return (
    <nav class="people" aria-label="メールボックス">
      <a href="/dev/mailbox" aria-current={person === "" ? "page" : undefined}>
        <b>すべてのメール</b>
        <small>全員の送受信</small>
      </a>
      {people.map(({ address, name, role, unread }) => (
        <a
          key={address}
          href={mailboxPath(address)}
          aria-current={address.toLowerCase() === chosen ? "page" : undefined}
        >
          <b>
            <span>{name}</span>
            {unread > 0 && (
              <span class="count num">
                {unread}
                <span class="vh">通未読</span>
              </span>
            )}
          </b>
          <small>{[role, name === address ? "" : address].filter((each) => each !== "").join("・")}</small>
        </a>
      ))}
    </nav>
  );
}
