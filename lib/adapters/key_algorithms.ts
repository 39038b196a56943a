/**
 * By which algorithms the operator's key can sign, wherever it is kept.
 *
 * @module
 */
import { algorithmOfKey } from "../pades/cms_algorithm.ts";
import type { Bytes } from "../pades/der.ts";
import type { SignatureAlgorithm } from "../signing_ports.ts";

/**
 * The algorithms of a key (SubjectPublicKeyInfo, DER), the usual one first; none for a key that is not used here. A
 * plain RSA key may sign by PSS as well (RFC 4055 §1.2).
 *
 * @param wanted leaves only this one
 */
export function algorithmsOfKey(
  publicKey: Bytes,
  wanted: SignatureAlgorithm | null,
): readonly SignatureAlgorithm[] {
  const usual = algorithmOfKey(publicKey);
  const all: readonly SignatureAlgorithm[] = usual === null
    ? []
    : usual === "RS256"
    ? ["RS256", "PS256"]
    : [usual];
  return wanted === null ? all : all.filter((each) => each === wanted);
}
