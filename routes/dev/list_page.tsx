/**
 * A mailbox: threads, the one with the newest mail first.
 *
 * @module
 */
import type { VNode } from "preact";
import type { Instant } from "../../lib/domain/instant.ts";
import { shortTimeWords } from "../words.ts";
import { fateWords, headerKindWords } from "./mail_words.ts";
import { type ListedMail, mailPath } from "./mail_list.ts";
import { MailboxFrame, People } from "./mailbox_frame.tsx";
import type { MailboxPerson } from "./mailbox_people.ts";

/** A thread in the list. */
export type ThreadRow = {
  /** Its newest mail, which opens. */
  readonly mail: ListedMail;
  readonly subject: string;
  readonly count: number;
  /** The contract's name, where the thread is a case's. */
  readonly contract: string;
  readonly unread: boolean;
  /** Whether a letter of it did not arrive. */
  readonly troubled: boolean;
};

const Direction = ({ way }: Pick<ListedMail, "way">): VNode => (
  <span class={`way ${way}`}>{way === "in" ? "受信" : "送信"}</span>
);

/** Every letter's subject begins with the service's name, which says nothing in a list of its letters. */
const plainSubject = (subject: string): string => subject.replace(/^【[^】]*】/, "");

function Row({ row, person, now, names }: {
  readonly row: ThreadRow;
  readonly person: string;
  readonly now: Instant;
  readonly names: ReadonlyMap<string, string>;
}): VNode {
  const { mail, subject, count, contract, unread, troubled } = row;
  const nameOf = (address: string) => names.get(address.toLowerCase()) ?? address;
  const who = mail.way === "in"
    ? `${nameOf(mail.from) || "差出人なし"} から`
    : `${mail.to.map(nameOf).join("、")} へ`;
  const what = mail.entry ? fateWords(mail.entry.fate) : headerKindWords(mail.kind);
  return (
    <li class={unread ? "unread" : ""}>
      <a class="mail-row" href={mailPath(mail, person)}>
        <span class="who">
          <Direction way={mail.way} />
          {who}
        </span>
        <span class="when num">
          {count > 1 && <span class="thread-size">{count}通</span>}
          <time dateTime={mail.at}>{shortTimeWords(mail.at, now)}</time>
        </span>
        <b>{unread && <span class="vh">未読</span>}{plainSubject(subject) || "（件名なし）"}</b>
        <small>{[what, mail.caseNumber, contract].filter((each) => each).join("・")}</small>
        {troubled && <span class="tag err">未達あり</span>}
      </a>
    </li>
  );
}

/** The page. */
export function ListPage({ rows, hidden, people, person, now }: {
  readonly rows: readonly ThreadRow[];
  /** Threads that are not shown, being older. */
  readonly hidden: number;
  readonly people: readonly MailboxPerson[];
  readonly person: string;
  readonly now: Instant;
}): VNode {
  const names = new Map(people.map(({ address, name }) => [address.toLowerCase(), name]));
  const name = names.get(person.toLowerCase()) ?? person;
  const title = person === "" ? "すべてのメール" : `${name} のメールボックス`;
  return (
    <MailboxFrame
      title={title}
      person={person}
      is="listing"
      aside={<People people={people} person={person} />}
    >
      <section class="card mails">
        <div>
          <h1>{title}</h1>
          <p class="lead">
            {person === "" ? "開発用です。ここのメールは、実際には送信されていません。" : person}
          </p>
        </div>
        {rows.length === 0
          ? (
            <div class="empty">
              <p>まだメールはありません。</p>
              <p class="lead">
                <a class="link" href="/dev/mailbox/compose?sample=goods-services">
                  見本の同意書を事業者として送ってみる
                </a>
              </p>
            </div>
          )
          : (
            <ol class="mail-rows">
              {rows.map((row) => <Row key={row.mail.id} row={row} person={person} now={now} names={names} />)}
            </ol>
          )}
        {hidden > 0 && <p class="lead">これより古いやり取りが{hidden}件あります。</p>}
      </section>
    </MailboxFrame>
  );
}
