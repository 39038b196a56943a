/**
 * All that pages are made of, in every tone and state: to be looked at in light and dark, narrow and wide.
 *
 * @module
 */
import type { ComponentChildren, VNode } from "preact";
import { Facts, Layout, Note } from "../layout.tsx";
import { MailPicture, PhonePicture, SealPicture } from "../public/step_pictures.tsx";
import { Steps, Tick } from "../recipient/parts.tsx";
import { TextField } from "../text_field.tsx";

const TONES = ["info", "ok", "warn", "err"] as const;
const COLOURS = [
  ...["ink", "sub", "edge", "line", "ground", "card", "brand", "brand-deep", "soft", "focus"],
  ...["ok", "ok-soft", "warn", "warn-soft", "err", "err-soft"],
];

function Part({ name, children }: { readonly name: string; readonly children: ComponentChildren }): VNode {
  return (
    <section class="card">
      <h2>{name}</h2>
      {children}
    </section>
  );
}

/** Each colour as a field of the chart, with its name. */
const Colours = (): VNode => (
  <ul class="list">
    {COLOURS.map((colour) => (
      <li key={colour}>
        <span>
          <svg width="48" height="24" aria-hidden="true">
            <rect width="48" height="24" fill={`var(--${colour})`} stroke="currentColor" />
          </svg>{" "}
          {colour}
        </span>
      </li>
    ))}
  </ul>
);

const Words = (): VNode => (
  <Part name="文字">
    <h3>見出し３</h3>
    <p>
      本文。<a href="#fields">リンク</a>、<b>強調</b>。
    </p>
    <p class="lead">補足の文。</p>
    <small>小さな文字</small>
    <span class="mono">3b9c358f36f0a31b6ad3e14f309c7cf198ac9246e8316f9ce543d5b19ac02b80</span>
    <ul class="text-list">
      <li>箇条書き</li>
      <li>箇条書き</li>
    </ul>
  </Part>
);

const Buttons = (): VNode => (
  <Part name="ボタン">
    <button class="btn primary" type="button">書類の内容に同意</button>
    <button class="btn primary" type="button" aria-disabled="true">送信しています…</button>
    <div class="stack pair">
      <button class="btn ghost" type="button">書類に戻る</button>
      <button class="btn danger" type="button">同意しない</button>
    </div>
    <div>
      <button class="chip" type="button" aria-pressed="false">文字を大きく</button>{" "}
      <button class="chip" type="button" aria-pressed="true">文字を大きく</button>
    </div>
    <progress max={1} value={0.4} aria-label="送信の進み具合" />
  </Part>
);

const Notices = (): VNode => (
  <Part name="お知らせと状態">
    {TONES.map((tone) => (
      <Note key={tone} tone={tone}>
        <b>{tone}。</b>お知らせの文です。<a href="#fields">リンク</a>
      </Note>
    ))}
    <p>{TONES.map((tone) => <span key={tone} class={`tag ${tone}`}>{`状態 ${tone}`}</span>)}</p>
  </Part>
);

const Fields = (): VNode => (
  <section class="card" id="fields">
    <h2>入力</h2>
    <TextField name="plain" label="契約名" value="庁内事務用品単価契約" required />
    <TextField
      name="wrong"
      label="メールアドレス"
      help="半角で"
      wrong="「@」の前後をご確認ください。"
      value="a"
    />
    <div class="field">
      <label for="kind">種類</label>
      <select id="kind">
        <option>物品・役務</option>
      </select>
    </div>
    <div class="field">
      <label for="reason">理由</label>
      <textarea id="reason"></textarea>
    </div>
    <div class="field drop">
      <label for="pdf">PDFファイルを選ぶ</label>
      <input type="file" id="pdf" />
    </div>
    <fieldset>
      <legend>理由を選んでください</legend>
      <label class="radio">
        <input type="radio" name="kind" checked />
        <span>内容の修正をお願いしたい</span>
      </label>
      <label class="radio">
        <input type="radio" name="kind" />
        <span>その他</span>
      </label>
    </fieldset>
    <Tick name="read">書類の内容を確認しました</Tick>
    <input class="code" aria-label="アクセスコード" value="4821" />
  </section>
);

const Lists = (): VNode => (
  <Part name="並び">
    <Facts
      rows={[["契約名", "庁内事務用品単価契約"], [
        "電話",
        <a key="tel" href="tel:0000001001">000-000-1001</a>,
      ]]}
    />
    <ol class="parties">
      <li class="done">
        <b>見本 二郎 様</b>
        <small>確認者２</small>
        <span class="tag ok">同意済み</span>
      </li>
      <li aria-current="step">
        <b>見本 一郎 様</b>
        <small>確認者１</small>
        <span class="tag warn">確認をお待ちしています</span>
      </li>
      <li>
        <b>会計 花子 様</b>
        <small>承認者１</small>
        <span class="tag">順番待ち</span>
      </li>
    </ol>
    <ul class="list">
      <li>
        <a class="row" href="#fields">
          <b>行のリンク</b>
          <small>その説明</small>
        </a>
      </li>
    </ul>
    <ol class="ways">
      {[MailPicture, PhonePicture, SealPicture].map((Picture, index) => (
        <li key={index}>
          <Picture />
          <b>手順</b>
          <small>その説明</small>
        </li>
      ))}
    </ol>
    <details>
      <summary>開くもの</summary>
      <p>中身</p>
    </details>
  </Part>
);

/** The page. */
export function StylesPage(): VNode {
  return (
    <Layout title="部品" side="開発用">
      <h1>部品</h1>
      {([0, 1, 2, 3] as const).map((at) => (
        <div key={at}>
          <Steps at={at} />
        </div>
      ))}
      <Words />
      <Buttons />
      <Notices />
      <Fields />
      <Lists />
      <Part name="色">
        <Colours />
      </Part>
    </Layout>
  );
}
