/**
 * Compares distinguished names and finds them among general names (RFC 5280 §4.2.1.6, §7.1).
 *
 * @module
 */
import { type Bytes, childrenOf, contextTag, type DerNode, readDer, TAG } from "./der.ts";
import { openNode } from "./der_fields.ts";
import { readOid, readText, sameBytes } from "./der_values.ts";

const where = "Name";

/**
 * Whether two names (DER) are the same: part by part, whatever string type each is in, and but for case and runs of
 * spaces (RFC 5280 §7.1). Throws `UnreadableError`.
 */
export function sameName(one: Bytes, other: Bytes): boolean {
  if (sameBytes(one, other)) return true;
  const [here, there] = [partsOf(one), partsOf(other)];
  return here.length === there.length && here.every((part, i) => part === there[i]);
}

/** One text for each RelativeDistinguishedName. */
function partsOf(name: Bytes): string[] {
  return childrenOf(readDer(name, where), where).map((set) =>
    childrenOf(set, where).map((attribute) => {
      const fields = openNode(attribute, TAG.sequence, where);
      const type = readOid(fields.any("type"), where);
      const value = fields.any("value");
      return `${type}=${plainText(value) ?? value.whole.toHex()}`;
    }).sort().join("+")
  );
}

function plainText(value: DerNode): string | null {
  return readText(value)?.normalize("NFKC").trim().replace(/\s+/g, " ").toLowerCase() ?? null;
}

/** The distinguished name (DER) that a GeneralName is; null when it is of another kind. Throws `UnreadableError`. */
export function directoryName(generalName: DerNode): Bytes | null {
  // `[4]` is explicit, since a Name is a CHOICE.
  return generalName.tag === contextTag(4, true) ? readDer(generalName.content, where).whole : null;
}
