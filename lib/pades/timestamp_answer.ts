/**
 * Judges what a timestamp authority answered: it is taken only when every field of it is what was asked for
 * (RFC 3161 §2.2, §2.4.2). Whether the authority is trusted is another question.
 *
 * @module
 */
import { epochMs } from "../domain/instant.ts";
import { UnreadableError } from "../domain/unreadable.ts";
import { PortError } from "../ports.ts";
import { type Bytes, readDer } from "./der.ts";
import { readIntegerHex, sameBytes } from "./der_values.ts";
import { integer } from "./der_write.ts";
import { HASH_BYTES } from "./oids.ts";
import { readTimestampResponse } from "./timestamp_response.ts";
import { checkTimestampToken, readTimestampToken, type TimestampToken } from "./timestamp_token.ts";
import { directoryName, sameName } from "./x509_names.ts";

/** What was asked, and when its answer may say that it was given. */
export type TimestampQuestion = {
  readonly digest: Bytes;
  readonly nonce: Bytes;
  /** Object identifier; null for any. */
  readonly policy: string | null;
  /** The earliest and latest time that is believed, in milliseconds since 1970. */
  readonly between: { readonly from: number; readonly to: number };
};

/** The largest uncertainty of the time that is of use, in milliseconds (a minute). */
const MAX_ACCURACY_MS = 60_000;

function wrong(problem: string, cause?: unknown): PortError {
  return new PortError("refused", `Cannot take the timestamp: ${problem}`, { retryable: true, cause });
}

/** The token of an answer (TimeStampResp, DER) that is right. Throws `PortError` `refused`, retryable, for any other. */
export function takeTimestamp(answer: Bytes, question: TimestampQuestion): TimestampToken {
  try {
    const { status, failure, token: der } = readTimestampResponse(answer);
    if (status > 1) {
      throw wrong(`it is refused with status ${status}${failure === null ? "" : `, failure ${failure}`}`);
    }
    if (der === null) throw wrong("there is none");
    const token = readTimestampToken(der);
    const problem = problemOf(token, question);
    if (problem !== null) throw wrong(problem);
    return token;
  } catch (cause) {
    if (cause instanceof UnreadableError) throw wrong("it cannot be read", cause);
    throw cause;
  }
}

/** What is not as it was asked for; null when all is. Throws `UnreadableError`. */
function problemOf(
  token: TimestampToken,
  { digest, nonce, policy, between }: TimestampQuestion,
): string | null {
  const { info, certificate } = token;
  if (info.nonce !== readIntegerHex(readDer(integer(nonce)))) return "another nonce";
  if (info.hash === null || HASH_BYTES[info.hash] !== digest.length) return "another hash function";
  if (!sameBytes(info.imprint, digest)) return "another digest";
  const faults = checkTimestampToken(token, () => digest);
  if (faults.length > 0) return faults.join(", ");
  if (policy !== null && info.policy !== policy) return "another policy";
  const at = epochMs(info.at);
  if (at < between.from || at > between.to) return "its time is far from ours";
  if ((info.accuracyMs ?? 0) > MAX_ACCURACY_MS) return "its time is too vague";
  if (info.critical.length > 0) return "it has extensions that are not known here";
  // RFC 3161 §2.4.2: a name given must be one of those in the certificate; only subjects are compared.
  const name = info.authority && directoryName(info.authority);
  if (name && certificate && !sameName(name, certificate.subject.der)) return "it names another authority";
  return null;
}
