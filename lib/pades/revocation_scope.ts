/**
 * Of which certificates a list of revoked ones speaks (RFC 5280 §5.2.4, §5.2.5, §6.3.3 b).
 *
 * @module
 */
import { type Bytes, childrenOf, contextTag, type DerNode, readDer, TAG } from "./der.ts";
import { DerFields, openNode } from "./der_fields.ts";
import { readBoolean } from "./der_values.ts";
import type { Certificate } from "./x509.ts";

/** What a list limits itself to (issuingDistributionPoint). */
export type CrlScope = {
  /** Places that it is given out at, each a GeneralName as hexadecimal DER; null for any. */
  readonly places: readonly string[] | null;
  readonly usersOnly: boolean;
  readonly authoritiesOnly: boolean;
  /** Whether it leaves certificates out that are revoked for other reasons. */
  readonly someReasons: boolean;
  /** Whether it may speak of other issuers' certificates. */
  readonly indirect: boolean;
  readonly attributesOnly: boolean;
};

/** Why a list says nothing of a certificate. */
export type ScopeFault = "delta" | "indirect" | "some_reasons" | "other_certificates";

/** Reads an issuingDistributionPoint. Throws `UnreadableError`. */
export function readCrlScope(value: Bytes): CrlScope {
  const where = "IssuingDistributionPoint";
  const fields = openNode(readDer(value, where), TAG.sequence, where);
  const point = fields.optional(contextTag(0, true));
  const flag = (number: number): boolean => {
    const node = fields.optional(contextTag(number, false));
    return node !== null && readBoolean(node, where);
  };
  const [usersOnly, authoritiesOnly] = [flag(1), flag(2)];
  const someReasons = fields.optional(contextTag(3, false)) !== null;
  const [indirect, attributesOnly] = [flag(4), flag(5)];
  fields.end();
  const places = point && placesOf(point, where);
  return { places, usersOnly, authoritiesOnly, someReasons, indirect, attributesOnly };
}

function placesOf(point: DerNode, where: string): string[] {
  const fullName = new DerFields(point, where).optional(contextTag(0, true));
  return fullName ? childrenOf(fullName, where).map(({ whole }) => whole.toHex()) : [];
}

/** Why a list of this scope (null for all) says nothing of a certificate of its issuer; null when it does. */
export function scopeFault(
  { scope, isDelta }: { readonly scope: CrlScope | null; readonly isDelta: boolean },
  certificate: Certificate,
): ScopeFault | null {
  if (isDelta) return "delta"; // Says only what has changed since another list.
  if (scope === null) return null;
  if (scope.indirect) return "indirect";
  if (scope.someReasons) return "some_reasons";
  const isOther = scope.attributesOnly || (certificate.isAuthority ? scope.usersOnly : scope.authoritiesOnly);
  // An issuer may spread its certificates over lists; each names its place, and certificates name theirs.
  const isElsewhere = scope.places?.every((place) => !certificate.crlPlaces.includes(place)) ?? false;
  return isOther || isElsewhere ? "other_certificates" : null;
}
