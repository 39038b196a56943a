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
export function escapeHtml(text: string): string {
  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (character) => ESCAPES[character]!) : text;
}

/** Private-use characters mark the places: no page holds them by itself. */
const PLACE = /\uE000(\w+)\uE001/;

/**
 * Makes a page out of `render`, which is called once, at first use, with a mark for every name. The filled page
 * has each value escaped.
 */
export function template<Name extends string>(
  names: readonly Name[],
  render: (marks: Readonly<Record<Name, string>>) => string,
): (values: Readonly<Record<Name, string>>) => string {
  let pieces: string[] | null = null;
  return (values) => {
    pieces ??= render(
      Object.fromEntries(names.map((name) => [name, `\uE000${name}\uE001`])) as Record<Name, string>,
    ).split(PLACE);
    let page = pieces[0] ?? "";
    for (let at = 1; at < pieces.length; at += 2) {
      page += escapeHtml(values[pieces[at] as Name]) + pieces[at + 1];
    }
    return page;
  };
}
