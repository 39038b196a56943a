/**
 * How often a PKCS#12 file has its passphrase hashed (RFC 7292 §4, RFC 8018 §A): the file says so itself, and a
 * damaged one may ask for weeks.
 *
 * @module
 */

/** An element of ASN.1 as forge keeps it: its content as binary text, or the elements within it. */
export type ForgeTree = { readonly type?: unknown; readonly value: unknown };

const INTEGER = 2;
const OCTET_STRING = 4;
const SEQUENCE = "\x30";
/** Elements deeper than this hold no cipher's parameters. */
const MAX_DEPTH = 24;

/** The most rounds that any part of a file asks for. `read` opens DER or BER within it, and throws for what is neither. */
export function mostRounds(tree: ForgeTree, read: (binary: string) => ForgeTree, depth = 0): number {
  if (depth > MAX_DEPTH) return 0;
  const children = childrenOf(tree, read);
  let most = 0;
  for (const [place, child] of children.entries()) {
    const salted = children[place - 1]?.type === OCTET_STRING;
    if (salted && child.type === INTEGER) most = Math.max(most, numberOf(child.value));
    most = Math.max(most, mostRounds(child, read, depth + 1));
  }
  return most;
}

/** What an element holds; an OCTET STRING may hold DER, in one piece or in several (BER). */
function childrenOf(tree: ForgeTree, read: (binary: string) => ForgeTree): readonly ForgeTree[] {
  const children = Array.isArray(tree.value) ? tree.value as readonly ForgeTree[] : [];
  if (tree.type !== OCTET_STRING) return children;
  const text = children.length > 0
    ? children.map(({ value }) => typeof value === "string" ? value : "").join("")
    : tree.value;
  if (typeof text !== "string" || !text.startsWith(SEQUENCE)) return children;
  try {
    return [read(text)];
  } catch {
    return children; // A salt or ciphertext that happens to begin like a SEQUENCE.
  }
}

/** The number of an INTEGER's content; endless for what no counter holds. */
function numberOf(content: unknown): number {
  if (typeof content !== "string" || content.length > 6) return Infinity;
  return Array.from(content).reduce((sum, character) => sum * 256 + character.charCodeAt(0), 0);
}
