/**
 * What a signing service answers (CSC API v2.0.0.2), read without trust: every part is looked at before it is used.
 * All readers throw `UnreadableError`.
 *
 * @module
 */
import { UnreadableError } from "../domain/unreadable.ts";
import type { Bytes } from "../pades/der.ts";

/** A JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** How a signature is authorized (§11.4, `auth`). */
export type CscAuthorization = {
  readonly mode: string;
  /** How the objects go together, as `PIN AND OTP`; null when it is not said. */
  readonly expression: string | null;
  /** What may be asked for; `generated` for codes that a device makes anew each time. */
  readonly objects: readonly { readonly type: string; readonly id: string; readonly generated: boolean }[];
};

/** A credential (§11.5). */
export type CscCredential = {
  readonly enabled: boolean;
  /** Object identifiers of the signature algorithms that it may be asked for. */
  readonly algorithms: readonly string[];
  /** `valid`, `expired`, `revoked`, `suspended`; null when it is not said. */
  readonly status: string | null;
  /** DER, the signer's own first. */
  readonly certificates: readonly Bytes[];
  readonly authorization: CscAuthorization;
};

const MAX_ITEMS = 32;
const MAX_CERTIFICATE_BYTES = 64 * 1024;
const MAX_SECRET_LENGTH = 64 * 1024;

/** A JSON object from bytes. */
export function readJson(bytes: Bytes): JsonObject {
  try {
    return asObject(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)), "answer");
  } catch (cause) {
    if (cause instanceof UnreadableError) throw cause;
    throw new UnreadableError("csc_invalid", "Cannot read the answer: it is no JSON", { where: "answer" });
  }
}

/** The answer of `credentials/info` (§11.5). */
export function readCredential(answer: JsonObject): CscCredential {
  const key = asObject(answer.key, "key");
  const cert = asObject(answer.cert, "cert");
  const scal = answer.SCAL ?? "1";
  // Level 2 binds an authorization to hashes, which is done here at either level.
  if (scal !== "1" && scal !== "2") throw unreadable("SCAL");
  return {
    enabled: asText(key.status, "key.status") === "enabled",
    algorithms: asList(key.algo, "key.algo").map((each) => asText(each, "key.algo")),
    status: cert.status === undefined ? null : asText(cert.status, "cert.status"),
    certificates: asList(cert.certificates, "cert.certificates").map((each) =>
      asBytes(each, "cert.certificates", MAX_CERTIFICATE_BYTES)
    ),
    authorization: readAuthorization(asObject(answer.auth, "auth")),
  };
}

function readAuthorization({ mode, expression, objects }: JsonObject): CscAuthorization {
  return {
    mode: asText(mode, "auth.mode"),
    expression: expression === undefined ? null : asText(expression, "auth.expression"),
    objects: (objects === undefined ? [] : asList(objects, "auth.objects")).map((each) => {
      const { type, id, generator } = asObject(each, "auth.objects");
      return {
        type: asText(type, "auth.objects.type"),
        id: asText(id, "auth.objects.id"),
        generated: generator !== undefined,
      };
    }),
  };
}

/** The signature activation data of `credentials/authorize` (§11.6): one signature's permission. */
export function readActivation(answer: JsonObject): string {
  return asText(answer.SAD, "SAD", MAX_SECRET_LENGTH);
}

/** The one signature of `signatures/signHash` (§11.10). */
export function readSignature(answer: JsonObject, maxBytes: number): Bytes {
  const [signature, second] = asList(answer.signatures, "signatures");
  if (second !== undefined) throw unreadable("signatures");
  return asBytes(signature, "signatures", maxBytes);
}

/** The access token of `oauth2/token` (RFC 6749 §5.1), and for how many seconds it holds. */
export function readToken(answer: JsonObject): { readonly token: string; readonly seconds: number } {
  const token = asText(answer.access_token, "access_token", MAX_SECRET_LENGTH);
  // RFC 6750 §2.1: what a header can carry.
  if (!/^[\w.~+/-]+=*$/.test(token)) throw unreadable("access_token");
  if (asText(answer.token_type ?? "Bearer", "token_type").toLowerCase() !== "bearer") {
    throw unreadable("token_type");
  }
  const seconds = answer.expires_in ?? 3600;
  if (typeof seconds !== "number" || !(seconds > 0)) throw unreadable("expires_in");
  return { token, seconds };
}

function unreadable(where: string): UnreadableError {
  return new UnreadableError("csc_invalid", `Cannot read the answer: "${where}" is missing or wrong`, {
    where,
  });
}

function asObject(value: unknown, where: string): JsonObject {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw unreadable(where);
  return value as JsonObject;
}

function asList(value: unknown, where: string): readonly unknown[] {
  if (!Array.isArray(value) || value.length > MAX_ITEMS) throw unreadable(where);
  return value;
}

function asText(value: unknown, where: string, maxLength = 1024): string {
  if (typeof value !== "string" || value === "" || value.length > maxLength) throw unreadable(where);
  return value;
}

function asBytes(value: unknown, where: string, maxBytes: number): Bytes {
  const text = asText(value, where, 2 * maxBytes);
  try {
    const bytes = Uint8Array.fromBase64(text);
    if (bytes.length > 0 && bytes.length <= maxBytes) return bytes;
  } catch {
    // Told below, like all that is wrong.
  }
  throw unreadable(where);
}
