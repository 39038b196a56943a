/**
 * The two forms of an ECDSA signature: r and s side by side (IEEE P1363, WebCrypto, PKCS#11), and DER
 * `Ecdsa-Sig-Value`, which CMS wants (RFC 5753 §7.2, SEC 1 §C.5).
 *
 * @module
 */
import { UnreadableError } from "../domain/unreadable.ts";
import { type Bytes, readDer, TAG } from "./der.ts";
import { openNode } from "./der_fields.ts";
import { readIntegerHex } from "./der_values.ts";
import { integer, sequence } from "./der_write.ts";

/** DER of a signature whose r and s stand side by side, each half of it. */
export function ecdsaSigValue(raw: Bytes): Bytes {
  const half = raw.length / 2;
  return sequence(integer(raw.subarray(0, half)), integer(raw.subarray(half)));
}

/**
 * All that a signature of unsaid form may be, as DER. Which of them it is, only its check with the key tells: r and
 * s side by side may look like DER by chance.
 *
 * @param coordinate bytes of r and of s: 32 for P-256, 48 for P-384
 */
export function ecdsaReadings(signature: Bytes, coordinate: number): Bytes[] {
  const readings = isSigValue(signature) ? [signature] : [];
  return signature.length === 2 * coordinate ? [...readings, ecdsaSigValue(signature)] : readings;
}

function isSigValue(bytes: Bytes): boolean {
  try {
    const fields = openNode(readDer(bytes), TAG.sequence, "Ecdsa-Sig-Value");
    readIntegerHex(fields.any("r"));
    readIntegerHex(fields.any("s"));
    return !fields.more;
  } catch (error) {
    if (error instanceof UnreadableError) return false;
    throw error;
  }
}
