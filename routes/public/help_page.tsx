/**
 * FAQ and contacts, all from the settings (R40).
 *
 * @module
 */
import type { VNode } from "preact";
import type { Channel, Contact, Department, Settings } from "../../lib/settings/settings.ts";
import { At } from "../contact.tsx";
import { Facts, Layout } from "../layout.tsx";
import { Markdown } from "../markdown.tsx";
import { type HelpSection, helpSections, helpText } from "./help_text.ts";

const BY: Readonly<Record<string, string>> = {
  phone: "電話",
  mail: "メール",
  email: "メール",
  chat: "チャット",
  remote: "遠隔サポート",
  web: "Web",
};

function ChannelWords({ channel: { at, hours, note } }: { readonly channel: Channel }): VNode {
  return (
    <>
      <At at={at} />
      {hours && <div>{hours}</div>}
      {note && <div>{note}</div>}
    </>
  );
}

function ContactFacts({ contact }: { readonly contact: Contact }): VNode {
  const { about, name, inquiryId, haveAtHand, channels } = contact;
  return (
    <>
      <h3>{about}について</h3>
      <Facts
        rows={[
          ["窓口", name],
          ...channels.map((channel) =>
            [BY[channel.by] ?? channel.by, <ChannelWords key={channel.at} channel={channel} />] as const
          ),
          ...inquiryId === null ? [] : [["問い合わせID", inquiryId] as const],
          ...haveAtHand.length === 0 ? [] : [["お手元にご用意いただくもの", haveAtHand.join("、")] as const],
        ]}
      />
    </>
  );
}

const departmentRow = ({ name, phone, email }: Department) =>
  [
    name,
    <div key={name}>{phone && <At at={phone} />}{phone && email && <br />}{email && <At at={email} />}</div>,
  ] as const;

function Contacts({ settings: { contacts, departments } }: { readonly settings: Settings }): VNode {
  const reached = departments.filter(({ phone, email }) => phone !== null || email !== null);
  return (
    <section class="card" id="contacts">
      <h2>お問い合わせ先</h2>
      {contacts.map((contact) => <ContactFacts key={contact.about} contact={contact} />)}
      {reached.length > 0 && (
        <>
          <h3>各担当課の連絡先</h3>
          <Facts rows={reached.map(departmentRow)} />
        </>
      )}
    </section>
  );
}

function Section({ section, id }: { readonly section: HelpSection; readonly id: string }): VNode {
  const { heading, lead, questions } = section;
  return (
    <section class="card faq" id={id}>
      {heading !== "" && <h2>{heading}</h2>}
      {lead !== "" && <Markdown text={lead} topLevel={3} />}
      {questions.map(({ asked, answer }) => (
        <details key={asked}>
          <summary>
            <h3>{asked}</h3>
          </summary>
          <div class="stack">
            <Markdown text={answer} topLevel={3} />
          </div>
        </details>
      ))}
    </section>
  );
}

/** The page. */
export function HelpPage({ settings }: { readonly settings: Settings }): VNode {
  const sections = helpSections(helpText(settings));
  return (
    <Layout title="ヘルプ・お問い合わせ">
      <section class="card">
        <h1>ヘルプ・お問い合わせ</h1>
        <nav aria-label="このページの内容">
          <ul class="list">
            {sections.map(({ heading }, index) =>
              heading === "" ? null : (
                <li key={heading}>
                  <a class="row" href={`#part${index + 1}`}>
                    <b>{heading}</b>
                  </a>
                </li>
              )
            )}
            <li>
              <a class="row" href="#contacts">
                <b>お問い合わせ先</b>
              </a>
            </li>
          </ul>
        </nav>
      </section>
      {sections.map((section, index) => (
        <Section key={section.heading} section={section} id={`part${index + 1}`} />
      ))}
      <Contacts settings={settings} />
    </Layout>
  );
}
