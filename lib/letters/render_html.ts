/**
 * A letter as HTML: plain elements in reading order, inline styles, no images, nothing from elsewhere. Colours
 * are left to the reader's programme where they can be, so that dark mode stays readable.
 *
 * @module
 */
import type { Block, FieldRow, FileRow, Letter, Signature } from "./letter.ts";
import { harmless, oneLine, sizeWords } from "./words.ts";

const STYLE = {
  body: "margin:0;padding:16px;font-family:'Hiragino Sans','Yu Gothic UI',Meiryo,sans-serif;" +
    "font-size:16px;line-height:1.8",
  main: "max-width:640px;margin:0 auto",
  heading: "font-size:17px;margin:28px 0 8px;padding-left:10px;border-left:4px solid #2b6cb0",
  paragraph: "margin:0 0 16px",
  list: "margin:0 0 16px;padding-left:1.4em",
  fields: "margin:0 0 16px;padding:8px 14px;border:1px solid #8a94a3;border-radius:6px",
  label: "margin:8px 0 0;font-size:14px;opacity:.8",
  value: "margin:0;overflow-wrap:anywhere",
  mark: "display:block;font-size:14px;font-weight:bold",
  quote: "margin:0 0 16px;padding:4px 14px;border-left:4px solid #8a94a3;overflow-wrap:anywhere",
  button: "display:inline-block;padding:12px 22px;border-radius:6px;background:#1d5fa8;color:#ffffff;" +
    "font-weight:bold;text-decoration:none",
  url: "display:block;margin-top:6px;font-size:13px;overflow-wrap:anywhere;word-break:break-all",
  hash: "font-family:monospace;font-size:13px;word-break:break-all",
  foot: "margin-top:32px;padding-top:12px;border-top:1px solid #8a94a3;font-size:14px;line-height:1.7",
} as const;

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? "");
const line = (text: string): string => escape(oneLine(text));
const lines = (text: string): string => escape(harmless(text)).replaceAll("\n", "<br>\n");
const styled = (tag: string, style: keyof typeof STYLE, inside: string): string =>
  `<${tag} style="${STYLE[style]}">${inside}</${tag}>`;

function field({ label, value, mark }: FieldRow): string {
  const note = mark === undefined ? "" : styled("span", "mark", `※ ${line(mark)}`);
  return styled("dt", "label", line(label)) + styled("dd", "value", line(value) + note);
}

function file({ name, pages, size, sha256 }: FileRow): string {
  const extent = `${pages > 0 ? `${pages}ページ、` : ""}${sizeWords(size)}`;
  return `<li>${line(name)}<br>${escape(extent)}<br>${
    styled("span", "hash", `SHA-256：${escape(oneLine(sha256))}`)
  }</li>`;
}

function link(words: string, url: string, main: boolean): string {
  const href = escape(url);
  const anchor = `<a href="${href}"${main ? ` style="${STYLE.button}"` : ""}>${line(words)}</a>`;
  return styled("p", "paragraph", anchor + styled("span", "url", href));
}

function htmlOf(block: Block): string {
  switch (block.is) {
    case "paragraph":
      return styled("p", "paragraph", lines(block.text));
    case "heading":
      return styled("h2", "heading", line(block.text));
    case "fields":
      return block.rows.length === 0 ? "" : styled("dl", "fields", block.rows.map(field).join("\n"));
    case "points":
      return block.points.length === 0
        ? ""
        : styled("ul", "list", block.points.map((point) => `<li>${line(point)}</li>`).join("\n"));
    case "quote":
      return styled("blockquote", "quote", lines(block.text));
    case "files":
      return block.files.length === 0 ? "" : styled("ul", "list", block.files.map(file).join("\n"));
    case "link":
      return link(block.words, block.url, block.main === true);
  }
}

function foot(signature: Signature, caseNumber: string | null): string {
  const { publicBody, department, phone, email, service, helpUrl } = signature;
  const rows = [
    ...caseNumber === null ? [] : [`案件番号：${escape(caseNumber)}`],
    line(`${publicBody} ${department}`),
    ...phone === null ? [] : [`電話：${line(phone)}`],
    ...email === null ? [] : [`メール：${line(email)}`],
    `このメールは「${line(service)}」が自動で送信しています。`,
    `<a href="${escape(helpUrl)}">操作の手引き・よくある質問</a>`,
  ];
  return styled("footer", "foot", rows.join("<br>\n"));
}

/** The HTML part of a letter, a whole document. */
export function renderHtml(letter: Letter): string {
  return `<!doctype html>
<html lang="ja"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<title>${line(letter.subject)}</title></head>
<body style="${STYLE.body}">
${
    styled(
      "main",
      "main",
      `\n${[...letter.blocks.map(htmlOf), foot(letter.signature, letter.caseNumber)].join("\n")}\n`,
    )
  }
</body></html>
`;
}
