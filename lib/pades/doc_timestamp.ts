/**
 * Document timestamps (ISO 32000-2 §12.8.5; ETSI EN 319 142-1 §5.5): they protect all that stands before them.
 *
 * @module
 */
import type { Increment } from "../pdf/increment.ts";
import { openPdf } from "../pdf/pdf_file.ts";
import { dictOf, nameOf } from "../pdf/values.ts";
import type { ByteSource } from "../ports.ts";
import { appendSignature } from "./append_signature.ts";
import { addToSecurityStore, declareExtension, type ValidationData } from "./dss.ts";
import type { SealTail } from "./seal_tail.ts";
import { freeFieldName } from "./signature_field.ts";

/** What is to be stamped. */
export type TimestampRequest = {
  /** Name of its field; when the file has one of that name already, `_2`, `_3`… is added. */
  readonly field: string;
  /** Bytes kept free for the token; when it is longer, it is made once more with more room. */
  readonly reserveBytes: number;
  /** Validation data added in the same update: a renewal (R28). */
  readonly validationData?: ValidationData;
};

/**
 * Appends a document timestamp. `makeToken` gets the SHA-256 of all bytes outside /Contents and gives the DER
 * `TimeStampToken`. Throws `UnreadableError` for a file that cannot be read, and what `makeToken` throws.
 */
export async function sealDocTimestamp(
  source: ByteSource,
  request: TimestampRequest,
  makeToken: (sha256: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>,
): Promise<SealTail> {
  const pdf = openPdf(source);
  const { reserveBytes, validationData } = request;
  const draft = {
    field: freeFieldName(pdf, request.field),
    reserveBytes,
    entries: dictOf({
      Type: nameOf("DocTimeStamp"),
      Filter: nameOf("Adobe.PPKLite"),
      SubFilter: nameOf("ETSI.RFC3161"),
    }),
    lock: null,
    also: (update: Increment) => {
      if (validationData) addToSecurityStore(pdf, update, validationData);
      else declareExtension(pdf, update);
    },
  };
  return await appendSignature(pdf, draft, makeToken);
}
