/**
 * Reads what stands in the slot of a signature, in each of the forms in which PDFs are signed (ISO 32000-2
 * §12.8.3). The form of this service is `ETSI.CAdES.detached` in DER; others sign otherwise.
 *
 * @module
 */
import { derFromBer } from "./ber.ts";
import { readSignedData, type SignedData } from "./cms_reader.ts";
import { type Bytes, childrenOf, readDerPrefix } from "./der.ts";
import type { HashName } from "./oids.ts";
import { readTimestampToken, type TimestampToken } from "./timestamp_token.ts";
import type { RevisionFault } from "./verification_report.ts";
import { readable } from "./readable.ts";

/** A signature's CMS as read. */
export type ReadCms = {
  /** Null for a document timestamp. */
  readonly signed: SignedData | null;
  /** Null for a signature. */
  readonly token: TimestampToken | null;
  /** Hash functions that its check needs. */
  readonly hashes: readonly HashName[];
  /** Whether it signs a SHA-1 digest that it holds (`adbe.pkcs7.sha1`). */
  readonly digestInside: boolean;
  /** Whether more stands in the slot than one CMS and zeros. */
  readonly hiddenBytes: boolean;
};

/** The CMS, or why there is none to check. */
export type CmsReading = ReadCms | { readonly fault: RevisionFault };

/** Forms with one CMS in the slot. */
const CMS_FORMS: ReadonlySet<string> = new Set([
  "ETSI.CAdES.detached",
  "adbe.pkcs7.detached",
  "adbe.pkcs7.sha1",
]);

/** Reads the content of /Contents. */
export function readCms(subFilter: string, contents: Bytes): CmsReading {
  if (subFilter === "ETSI.RFC3161") {
    const token = readIn(contents, readTimestampToken);
    if (!token) return { fault: "unreadable_cms" };
    const hashes = token.value.info.hash ? [token.value.info.hash] : [];
    const { value, hiddenBytes } = token;
    return { signed: null, token: value, hashes, digestInside: false, hiddenBytes };
  }
  if (!CMS_FORMS.has(subFilter)) return { fault: "unknown_format" };
  const found = readIn(contents, readSignedData);
  const [signer, second] = found?.value.signers ?? [];
  if (!found || !signer) return { fault: "unreadable_cms" };
  if (second) return { fault: "several_signers" };
  const digestInside = subFilter === "adbe.pkcs7.sha1";
  const hashes: HashName[] = [...digestInside ? ["sha1"] as const : [], ...signer.hash ? [signer.hash] : []];
  return { signed: found.value, token: null, hashes, digestInside, hiddenBytes: found.hiddenBytes };
}

/** Reads DER, and BER where it is none. */
function readIn<T>(
  contents: Bytes,
  read: (der: Bytes) => T,
): { readonly value: T; readonly hiddenBytes: boolean } | null {
  const value = readable(() => read(contents));
  if (value !== null) return { value, hiddenBytes: readable(() => hasHiddenBytes(contents)) !== false };
  const ber = readable(() => derFromBer(contents, "ContentInfo"));
  const other = ber && readable(() => read(ber.der));
  if (!ber || !other) return null;
  const behind = contents.subarray(ber.length).some((byte) => byte !== 0);
  return { value: other, hiddenBytes: behind || readable(() => hasHiddenBytes(ber.der)) !== false };
}

/** Whether anything but zeros stands behind the CMS in its slot, or anything at all behind the SignedData in it. */
function hasHiddenBytes(contents: Bytes): boolean {
  const outer = readDerPrefix(contents, "ContentInfo");
  // RFC 5652 §3: an identifier and one [0] that holds one element.
  const [, wrapped, third] = childrenOf(outer, "ContentInfo");
  const extra = third !== undefined || !wrapped || childrenOf(wrapped, "ContentInfo.content").length !== 1;
  return extra || contents.subarray(outer.whole.length).some((byte) => byte !== 0);
}
