/**
 * The pages for anyone: what this is, help, terms.
 *
 * @module
 */
import type { VNode } from "preact";
import type { Channel, Contact, Department, Settings } from "../../lib/settings/settings.ts";
import { Facts, Layout, Note } from "../layout.tsx";
import { Markdown } from "../markdown.tsx";

/** What the service is, in a few lines. */
export function HomePage({ settings }: { readonly settings: Settings }): VNode {
  return (
    <Layout title="電子契約のご案内">
      <section class="card">
        <h1>{settings.publicBody.name}の電子契約</h1>
        <p>
          契約書をメールとブラウザーだけで取り交わすサービスです。会員登録、費用、ソフトウェアのインストールは必要ありません。
        </p>
        <ol class="text-list">
          <li>事業者の方は、電子契約同意書をメールでお送りください。</li>
          <li>担当課が契約書を登録すると、確認依頼のメールが届きます。</li>
          <li>メールのリンクから内容を確認し、同意してください。</li>
          <li>全員の同意がそろうと、電子署名を付した契約書がメールで届きます。</li>
        </ol>
        <Note tone="info">
          パスワードをお尋ねすることはありません。メールは <b>{settings.bot.address}</b> から届きます。
        </Note>
        <div class="stack pair">
          <a class="btn ghost" href="/help">ヘルプ・お問い合わせ</a>
          <a class="btn ghost" href="/terms">利用規約</a>
          <a class="btn ghost" href="/forms">電子契約同意書の様式</a>
          <a class="btn ghost" href="/documents">契約書の一覧を請求する</a>
          <a class="btn ghost" href="/verify">電子署名を検証する</a>
        </div>
      </section>
    </Layout>
  );
}

const BY: Readonly<Record<string, string>> = {
  phone: "電話",
  mail: "メール",
  email: "メール",
  chat: "チャット",
  remote: "遠隔サポート",
  web: "Web",
};

function At({ at }: { readonly at: string }): VNode {
  if (/^https?:\/\//.test(at)) return <a href={at} rel="noreferrer">{at}</a>;
  if (/^[^\s@]+@[^\s@]+$/.test(at)) return <a href={`mailto:${at}`}>{at}</a>;
  return /^[\d+()-]{8,}$/.test(at) ? <a href={`tel:${at.replace(/[^\d+]/g, "")}`}>{at}</a> : <>{at}</>;
}

function ChannelWords({ channel: { at, hours, note } }: { readonly channel: Channel }): VNode {
  return (
    <>
      <At at={at} />
      {hours && (
        <>
          <br />
          {hours}
        </>
      )}
      {note && (
        <>
          <br />
          {note}
        </>
      )}
    </>
  );
}

function ContactCard({ contact }: { readonly contact: Contact }): VNode {
  const { about, name, inquiryId, haveAtHand, channels } = contact;
  return (
    <section class="card">
      <h2>{about}について</h2>
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
    </section>
  );
}

const departmentRow = ({ name, phone, email }: Department) =>
  [
    name,
    <div key={name}>{phone && <At at={phone} />}{phone && email && <br />}{email && <At at={email} />}</div>,
  ] as const;

/** FAQ and contacts, from the settings (R40). */
export function HelpPage({ settings }: { readonly settings: Settings }): VNode {
  const departments = settings.departments.filter(({ phone, email }) => phone !== null || email !== null);
  return (
    <Layout title="ヘルプ・お問い合わせ">
      <section class="card prose">
        <h1>ヘルプ・お問い合わせ</h1>
        <Markdown text={settings.help} topLevel={2} />
      </section>
      {settings.contacts.map((contact) => <ContactCard key={contact.about} contact={contact} />)}
      {departments.length > 0 && (
        <section class="card">
          <h2>各担当課の連絡先</h2>
          <Facts rows={departments.map(departmentRow)} />
        </section>
      )}
    </Layout>
  );
}

/** The terms of use. */
export function TermsOfUsePage({ settings }: { readonly settings: Settings }): VNode {
  return (
    <Layout title="利用規約">
      <section class="card prose">
        <h1>利用規約</h1>
        <Markdown text={settings.terms} topLevel={2} />
      </section>
    </Layout>
  );
}
