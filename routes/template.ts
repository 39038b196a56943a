/**
 * Pages whose constant parts are rendered once. The rest is put between them as text.
 *
 * @module
 */

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text made safe inside elements and quoted attributes. */
function escapeHtml(text: string): string {
  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (character) => ESCAPES[character]!) : text;
}

/** Private-use characters mark the places: no page holds them by itself. */
const PLACE = /\uE000(\w+)\uE001/;
/** Most bytes that one UTF-16 unit takes in UTF-8. */
const BYTES_PER_UNIT = 3;

const encoder = new TextEncoder();

/** The constant parts of a page as bytes, and the names between them. */
type Cut<Name> = {
  readonly parts: readonly Uint8Array<ArrayBuffer>[];
  readonly names: readonly Name[];
  readonly bytes: number;
};

function cut<Name extends string>(page: string): Cut<Name> {
  const pieces = page.split(PLACE);
  const parts = pieces.filter((_, at) => at % 2 === 0).map((piece) => encoder.encode(piece));
  const names = pieces.filter((_, at) => at % 2 === 1) as Name[];
  return { parts, names, bytes: parts.reduce((sum, part) => sum + part.length, 0) };
}

function fill<Name extends string>(
  { parts, names, bytes }: Cut<Name>,
  values: Readonly<Record<Name, string>>,
): Uint8Array<ArrayBuffer> {
  const texts = names.map((name) => escapeHtml(values[name]));
  const units = texts.reduce((sum, text) => sum + text.length, 0);
  const page = new Uint8Array(bytes + units * BYTES_PER_UNIT);
  let at = 0;
  parts.forEach((part, index) => {
    page.set(part, at);
    at += part.length;
    const text = texts[index];
    if (text !== undefined) at += encoder.encodeInto(text, page.subarray(at)).written;
  });
  return page.subarray(0, at);
}

/**
 * Makes a page out of `render`, which is called once, at first use, with a mark for every name. The filled page
 * is UTF-8 and has each value escaped.
 */
export function template<Name extends string>(
  names: readonly Name[],
  render: (marks: Readonly<Record<Name, string>>) => string,
): (values: Readonly<Record<Name, string>>) => Uint8Array<ArrayBuffer> {
  let page: Cut<Name> | null = null;
  return (values) => {
    page ??= cut(
      render(
        Object.fromEntries(names.map((name) => [name, `\uE000${name}\uE001`])) as Record<Name, string>,
      ),
    );
    return fill(page, values);
  };
}
