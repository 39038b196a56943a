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

/**
 * Private-use characters mark the places: no page of ours holds them by itself. Texts of strangers may, on purpose
 * too, so that pages with such texts have a secret in their marks.
 */
const mark = (name: string, secret: string): string => `\uE000${secret}.${name}\uE001`;
/** Most bytes that one UTF-16 unit takes in UTF-8. */
const BYTES_PER_UNIT = 3;

const encoder = new TextEncoder();

/** The constant parts of a page as bytes, and the names between them. */
type Cut<Name> = {
  readonly parts: readonly Uint8Array<ArrayBuffer>[];
  readonly names: readonly Name[];
  readonly bytes: number;
};

function cut<Name extends string>(page: string, secret: string): Cut<Name> {
  const pieces = page.split(new RegExp(mark("(\\w+)", secret).replace(".", "\\.")));
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

/** A page that wants only its values: UTF-8, with each value escaped. */
export type Filling<Name extends string> = (
  values: Readonly<Record<Name, string>>,
) => Uint8Array<ArrayBuffer>;

/**
 * Makes a page of HTML with the marks that `render` is given, one for every name. `secret` (base64url) is what no
 * writer of a text on the page knows.
 */
export function templateOf<Name extends string>(
  names: readonly Name[],
  secret: string,
  render: (marks: Readonly<Record<Name, string>>) => string,
): Filling<Name> {
  const marks = names.map((name) => [name, mark(name, secret)]);
  const page = cut<Name>(render(Object.fromEntries(marks) as Record<Name, string>), secret);
  return (values) => fill(page, values);
}

/** The same, made at first use, for pages on which all is ours but the values. */
export function template<Name extends string>(
  names: readonly Name[],
  render: (marks: Readonly<Record<Name, string>>) => string,
): Filling<Name> {
  let page: Filling<Name> | null = null;
  return (values) => {
    page ??= templateOf(names, "", render);
    return page(values);
  };
}
