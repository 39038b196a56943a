/**
 * What this is, on one screen.
 *
 * @module
 */
import type { VNode } from "preact";
import type { Settings } from "../../lib/settings/settings.ts";
import { Layout, Note } from "../layout.tsx";
import { MailPicture, PhonePicture, SealPicture } from "./step_pictures.tsx";

const STEPS = [
  { Picture: MailPicture, name: "同意書をメールで送る", words: "様式に記入し、担当課へ。押印は要りません。" },
  {
    Picture: PhonePicture,
    name: "書類を読んで同意する",
    words: "届いたメールのリンクから。スマートフォンでも。",
  },
  {
    Picture: SealPicture,
    name: "契約書がメールで届く",
    words: "電子署名とタイムスタンプの付いたPDFが原本です。",
  },
] as const;

const PLACES = [
  ["/forms", "電子契約同意書の様式", "PDF・Word・Excel"],
  ["/documents", "契約書の一覧を請求する", "締結した契約書を探す、もう一度受け取る"],
  ["/verify", "電子署名を検証する", "改ざんされていないことを確かめる"],
  ["/help", "ヘルプ・お問い合わせ", "よくある質問、連絡先、推奨環境"],
] as const;

/** The page. */
export function HomePage({ settings }: { readonly settings: Settings }): VNode {
  return (
    <Layout title="電子契約のご案内">
      <section class="card">
        <h1>{settings.publicBody.name}の電子契約</h1>
        <p>
          契約書を、メールとブラウザーだけで取り交わします。会員登録も、費用も、ソフトウェアの導入も必要ありません。
        </p>
        <ol class="ways">
          {STEPS.map(({ Picture, name, words }) => (
            <li key={name}>
              <Picture />
              <b>{name}</b>
              <small>{words}</small>
            </li>
          ))}
        </ol>
        <Note tone="info">
          メールは <b>{settings.bot.address}</b> から届きます。パスワードをお尋ねすることはありません。
        </Note>
      </section>
      <section class="card">
        <h2>ご利用になるもの</h2>
        <ul class="list">
          {PLACES.map(([path, name, words]) => (
            <li key={path}>
              <a class="row" href={path}>
                <b>{name}</b>
                <small>{words}</small>
              </a>
            </li>
          ))}
        </ul>
      </section>
    </Layout>
  );
}
