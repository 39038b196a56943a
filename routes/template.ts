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

/** A page that wants only its values, each of which is escaped. */
export type Filling<Name extends string> = (values: Readonly<Record<Name, string>>) => string;

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
  const page = render(Object.fromEntries(marks) as Record<Name, string>);
  const [head = "", ...rest] = page.split(new RegExp(mark("(\\w+)", secret).replace(".", "\\.")));
  const places = rest.flatMap((name, at) =>
    at % 2 === 0 ? [{ name: name as Name, after: rest[at + 1]! }] : []
  );
  return (values) => {
    let filled = head;
    for (const { name, after } of places) filled += escapeHtml(values[name]) + after;
    return filled;
  };
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
