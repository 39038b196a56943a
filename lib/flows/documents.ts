/**
 * The files of a case as people get them.
 *
 * @module
 */
import { type Case, currentParts, currentSize } from "../domain/case.ts";
import type { Attachment } from "../ports.ts";

/** File name of an executed PDF: the uploaded name with 「（締結済）」 before `.pdf`. */
export function executedName(name: string): string {
  return name.replace(/(\.pdf)?$/i, "（締結済）.pdf");
}

/** File name of the certificate of agreement. */
export const certificateName = (state: Case): string => `合意締結証明書_${state.number}.pdf`;

/** A file to be handed out: its name, its blobs in order, and its length in bytes. */
export type CaseFile = Attachment & { readonly size: number };

/** The executed PDFs and the certificate, in this order. */
export function executedFiles(state: Case): CaseFile[] {
  const contentType = "application/pdf";
  const documents = (state.draft?.documents ?? []).map((document): CaseFile => ({
    filename: executedName(document.name),
    contentType,
    parts: currentParts(document),
    size: currentSize(document),
  }));
  const { certificate } = state;
  if (!certificate) return documents;
  const parts = currentParts(certificate);
  const size = currentSize(certificate);
  return [...documents, { filename: certificateName(state), contentType, parts, size }];
}
