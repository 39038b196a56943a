/**
 * Reads the validation data that a PDF holds (DSS, ISO 32000-2 §12.8.4.3), and judges by it whether a chain was
 * good at a time.
 *
 * @module
 */
import type { Instant } from "../domain/instant.ts";
import type { PdfFile } from "../pdf/pdf_file.ts";
import type { RevocationData } from "../signing_ports.ts";
import type { Bytes } from "./der.ts";
import { readable } from "./readable.ts";
import { type RevocationStatus, revocationStatus } from "./revocation_status.ts";
import { type Certificate, readCertificate } from "./x509.ts";

/** Validation data as read. */
export type ValidationStore = RevocationData & { readonly certificates: readonly Certificate[] };

/** What a store proves of a chain: revoked, good with data for every certificate below the root, or not all known. */
export type ChainStatus = "revoked" | "good" | "unknown";

/** Nothing. */
export const EMPTY_STORE: ValidationStore = { certificates: [], ocsps: [], crls: [] };

/** Most items of one kind. */
const MAX_ITEMS = 256;
/** Most bytes of one item. */
const MAX_ITEM_BYTES = 4 << 20;

/** The store of a revision. Items that can't be read are passed over. */
export function readStore(pdf: PdfFile): ValidationStore {
  const store = pdf.dict(pdf.catalog.get("DSS"));
  const items = (key: string): Bytes[] =>
    (pdf.array(store?.get(key)) ?? []).slice(0, MAX_ITEMS).flatMap((value) => {
      const bytes = readable(() => pdf.streamBytes(value));
      return bytes && bytes.length <= MAX_ITEM_BYTES ? [bytes] : [];
    });
  const certificates = items("Certs").flatMap((der) => readable(() => readCertificate(der)) ?? []);
  return { certificates, ocsps: items("OCSPs"), crls: items("CRLs") };
}

/** Remembers what was found out: six signatures of one signer ask the same six times. */
export class ChainJudge {
  readonly #data: RevocationData;
  readonly #known = new Map<string, RevocationStatus>();

  /** Judges by this data. */
  constructor(data: RevocationData) {
    this.#data = data;
  }

  /** The status of a chain (leaf first, root last) as of an instant. */
  statusOf(chain: readonly Certificate[], at: Instant): ChainStatus {
    const statuses = chain.slice(0, -1).map((certificate, place) => {
      const issuer = chain[place + 1];
      return certificate.ocspNoCheck || !issuer ? null : this.#statusOf(certificate, issuer);
    }).filter((status) => status !== null);
    // RFC 5280 §6.3: revoked from that instant on; what was signed before stands.
    if (statuses.some((each) => each.status === "revoked" && each.at <= at)) return "revoked";
    const good = statuses.every((each) =>
      each.status === "revoked" ||
      (each.status === "good" && (each.nextUpdate === null || each.nextUpdate >= at))
    );
    return good ? "good" : "unknown";
  }

  #statusOf(certificate: Certificate, issuer: Certificate): RevocationStatus {
    const key = `${certificate.serial} ${issuer.der.toHex()}`;
    const known = this.#known.get(key) ?? revocationStatus(certificate, issuer, this.#data);
    this.#known.set(key, known);
    return known;
  }
}
