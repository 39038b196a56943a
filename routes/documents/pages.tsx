/**
 * The pages with which people ask for the link to their own contracts (R37).
 *
 * @module
 */
import type { VNode } from "preact";
import { Layout, Note } from "../layout.tsx";
import { Guard } from "../posted_form.tsx";
import { TextField } from "../text_field.tsx";

/** The words on the buttons. */
export const WORDS = { ask: "リンクを送る" } as const;

/** Asks for the address. */
export function AskPage({ guard, fault }: { readonly guard: string; readonly fault: boolean }): VNode {
  return (
    <Layout title="契約書の一覧">
      <section class="card">
        <h1>契約書の一覧を請求する</h1>
        <p class="lead">
          契約の手続きに使ったメールアドレスを入力してください。そのメールアドレスに、関わる契約書の一覧のリンクをお送りします。パスワードは必要ありません。
        </p>
        {fault && (
          <Note tone="err" alert>
            メールアドレスの形になっていません。「@」の前後をご確認ください。
          </Note>
        )}
        <form method="post" action="/documents" class="stack">
          <Guard value={guard} />
          <TextField
            name="address"
            label="メールアドレス"
            keyboard="email"
            required
            fault={fault}
            maxLength={254}
          />
          <button class="btn primary" type="submit">{WORDS.ask}</button>
        </form>
        <Note tone="info">
          メールでも請求できます。件名に「一覧」と書いて、本サービスのメールアドレスへお送りください。
        </Note>
      </section>
    </Layout>
  );
}

/** After the link was asked for: the same whoever it is. `officer` where no address was typed. */
export function AskedPage({ officer = false }: { readonly officer?: boolean }): VNode {
  return (
    <Layout title="メールをご確認ください">
      <section class="card">
        <h1>メールをご確認ください</h1>
        <p>
          {officer
            ? "登録されている担当者のメールアドレスに、案件の一覧"
            : "入力されたメールアドレスに、契約書の一覧"}
          のリンクをお送りします。数分お待ちください。
        </p>
        <Note tone="info">
          届かないときは、迷惑メールフォルダーもご確認ください。続けて何度も請求された場合、お送りしないことがあります。
        </Note>
      </section>
    </Layout>
  );
}
