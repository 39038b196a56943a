/**
 * The parts of a mail's body that may each hold a form: what was written, and each mail that it passes on.
 *
 * @module
 */

/** A line of the head that mail programs copy above a mail that they pass on or quote. */
const HEADER =
  /^[\s\u3000>*■・]*(差出人|送信者|送信元|from|宛先|to|cc|件名|題名|subject|送信日時|受信日時|送信日|日時|日付|date|sent)\s*[*]?\s*[:：]/i;
/** Of whom such a head always tells. */
const SENDER = /^(?:差出人|送信者|送信元|from)$/i;
/** A line that begins one without a name of its own. */
const RULE =
  /^[\s>]*(?:[-=_*－―─]{3,}.*(?:forwarded message|original message|転送|元の?メッセージ|メッセージの転送).*|begin forwarded message:?)\s*$/i;
/** The name of the form, on a line of its own. */
const TITLE =
  /^[\s\u3000【「『■◆●]*(?:電子契約(?:サービス)?)?[^\s。、]{0,16}(?:同意書|確認書|申出書|承諾書)[^。、]{0,30}$/;
const MIN_HEADER = 3;
const MAX_SEGMENTS = 12;

/**
 * The body less everything else, once for each part, in order; lines that are left out stay as empty ones, so that
 * places in the text keep their numbers. A part with the form's title in it comes from there on as well, before
 * itself: above it people greet and sign.
 */
export function mailSegments(text: string): string[] {
  const lines = text.split(/\r\n?|\n/);
  const starts = headsOf(lines);
  const bounds = [0, ...starts.map(({ behind }) => behind)].slice(0, MAX_SEGMENTS);
  return bounds.flatMap((from, index) => {
    const to = starts[index]?.at ?? lines.length;
    const title = lines.findIndex((line, at) => at >= from && at < to && TITLE.test(line));
    return [...(title > from ? [only(lines, title, to)] : []), only(lines, from, to)];
  });
}

const only = (lines: readonly string[], from: number, to: number): string =>
  lines.map((line, at) => at >= from && at < to ? line : "").slice(0, to).join("\n");

/** Where copied heads of mails begin, and where the mail behind each does. */
function headsOf(lines: readonly string[]): { at: number; behind: number }[] {
  const heads: { at: number; behind: number }[] = [];
  for (let at = 0; at < lines.length; at++) {
    const ruled = RULE.test(lines[at]!);
    let behind = ruled ? at + 1 : at;
    while (ruled && behind < at + 3 && lines[behind]?.trim() === "") behind++;
    const names: string[] = [];
    for (let name = HEADER.exec(lines[behind] ?? "")?.[1]; name !== undefined;) {
      names.push(name);
      name = HEADER.exec(lines[++behind] ?? "")?.[1];
    }
    if (
      (names.length >= MIN_HEADER && names.some((name) => SENDER.test(name))) || (ruled && names.length > 0)
    ) {
      heads.push({ at, behind });
      at = behind - 1;
    }
  }
  return heads;
}
