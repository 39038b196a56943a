/**
 * Tables of words as one regular expression, with any spaces between their letters.
 *
 * @module
 */

const SPACE = "[\\s\\u200b]*";
const escaped = (char: string) => char.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
const spelled = (word: string) => [...word.normalize("NFKC")].map(escaped).join(SPACE);

/** The words of a table: the source of an expression with one group's content, and the key of each word squashed. */
export type WordChoice<Key extends string> = {
  readonly keys: ReadonlyMap<string, Key>;
  readonly source: string;
};

/** One alternative for all words of a table, the longest first, and a way back from the word to its key. */
export function alternatives<Key extends string>(
  words: Readonly<Record<Key, readonly string[]>>,
): WordChoice<Key> {
  const keys = new Map<string, Key>();
  for (const key of Object.keys(words) as Key[]) {
    for (const word of words[key]) keys.set(word.normalize("NFKC").toLowerCase(), key);
  }
  const longestFirst = [...keys.keys()].sort((a, b) => b.length - a.length);
  return { keys, source: longestFirst.map(spelled).join("|") };
}

/** A word as the table has it, whatever its spaces. */
export const squash = (text: string): string => text.replace(/[\s\u200b]/g, "").toLowerCase();
