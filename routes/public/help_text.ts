/**
 * The FAQ as it is shown: figures and names of the settings stand in it, and an operator's own text may take the
 * built-in one in.
 *
 * @module
 */
import type { Settings } from "../../lib/settings/settings.ts";
import { DEFAULT_TEXTS } from "../../lib/settings/texts.ts";

/** What `{{…}}` in a help text may name. */
const VALUES: Readonly<Record<string, (settings: Settings) => string>> = {
  "機関名": ({ publicBody }) => publicBody.name,
  "送信元": ({ bot }) => bot.address,
  "送信元ドメイン": ({ bot }) => bot.address.slice(bot.address.lastIndexOf("@") + 1),
  "リンクの日数": ({ limits }) => String(limits.requestLinkDays),
  "ダウンロードの日数": ({ limits }) => String(limits.downloadLinkDays),
  "コードの回数": ({ limits }) => String(limits.accessCodeTries),
  "添付の大きさ": ({ limits }) => `${Math.floor(limits.attachBelowBytes / 1_000_000)} MB`,
};

/** A question with its answer in Markdown. */
export type HelpQuestion = { readonly asked: string; readonly answer: string };

/** A part of the FAQ: its heading, what stands before its first question, its questions. */
export type HelpSection = {
  readonly heading: string;
  readonly lead: string;
  readonly questions: readonly HelpQuestion[];
};

/**
 * The help text of an operator. `{{よくある質問}}` on a line of its own takes the built-in FAQ in: the text then
 * adds to it, and without it replaces it. Names that nobody knows stay as they were written.
 */
export function helpText(settings: Settings): string {
  const whole = settings.help.replace(/^\{\{よくある質問\}\}[ \t]*$/m, () => DEFAULT_TEXTS.help);
  return whole.replace(
    /\{\{([^{}]+)\}\}/g,
    (written, name: string) => Object.hasOwn(VALUES, name) ? VALUES[name]!(settings) : written,
  );
}

/** Cuts at headings of one level: first what stands before them, then each heading with its text. */
function cut(text: string, marks: string): [before: string, parts: (readonly [string, string])[]] {
  const [before = "", ...pieces] = text.split(new RegExp(`^${marks} +(?=\\S)`, "m"));
  const parts = pieces.map((piece) => {
    const end = piece.indexOf("\n");
    return end < 0
      ? [piece.trim(), ""] as const
      : [piece.slice(0, end).trim(), piece.slice(end + 1)] as const;
  });
  return [before, parts];
}

/** The sections (`## `) and questions (`### `) of a help text; its title (`# `) is the page's own. */
export function helpSections(text: string): HelpSection[] {
  const [before, parts] = cut(text.replace(/\r\n?/g, "\n").replace(/^# .*$/gm, ""), "##");
  return [["", before] as const, ...parts].map(([heading, body]) => {
    const [lead, questions] = cut(body, "###");
    return { heading, lead: lead.trim(), questions: questions.map(([asked, answer]) => ({ asked, answer })) };
  }).filter(({ lead, questions }) => lead !== "" || questions.length > 0);
}
