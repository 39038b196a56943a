/**
 * Reads `SIGNER_URL`: which key store seals are made with.
 *
 * @module
 */
import type { SignatureAlgorithm } from "../signing_ports.ts";

/** How the key shall sign, where it leaves a choice (`algorithm=PS256`, for RSA); null for the usual way. */
export type WantedAlgorithm = { readonly algorithm: SignatureAlgorithm | null };

/** A key behind a remote signing service, `csc:https://host/csc/v2?credential=ID`. */
export type CscUrl = WantedAlgorithm & {
  readonly kind: "csc";
  /** Where the service's methods are, without a slash at the end. */
  readonly base: string;
  /** Identifier of the credential that signs. */
  readonly credential: string;
  /** Where access tokens are given: `token=` of the query, else `oauth2/token` below the base. */
  readonly tokenUrl: string;
};

/** A key on a token, `pkcs11:token=LABEL;object=LABEL?module-path=FILE` (RFC 7512). */
export type Pkcs11Url = WantedAlgorithm & {
  readonly kind: "pkcs11";
  /** Label of the token. */
  readonly token: string;
  /** Label of the key, as text; null when it is found by its id. */
  readonly object: string | null;
  /** `CKA_ID` of the key, hexadecimal in lower case; null when it is found by its label. */
  readonly id: string | null;
  /** The token's PKCS#11 library. */
  readonly modulePath: string;
  /** Names of variables, besides the common ones, that the library needs to see. */
  readonly variables: readonly string[];
};

/** What a `SIGNER_URL` says. */
export type SignerUrl =
  | { readonly kind: "dev" }
  | WantedAlgorithm & { readonly kind: "p12"; readonly file: string }
  | CscUrl
  | Pkcs11Url;

/** What is wrong with a `SIGNER_URL`; it repeats nothing of it. */
export type SignerUrlProblem = { readonly problem: string };

/** Reads a `SIGNER_URL`, or says what is wrong with it. */
export function parseSignerUrl(text: string): SignerUrl | SignerUrlProblem {
  if (text === "dev:") return { kind: "dev" };
  if (/^p12:./s.test(text)) return parseP12(text.slice("p12:".length));
  if (text.startsWith("csc:")) return parseCsc(text.slice("csc:".length));
  if (text.startsWith("pkcs11:")) return parsePkcs11(text.slice("pkcs11:".length));
  return { problem: "must be dev:, p12:FILE, csc:https://… or pkcs11:…" };
}

const ALGORITHMS: readonly SignatureAlgorithm[] = ["RS256", "PS256", "ES256", "ES384"];
const ALGORITHM_PROBLEM = { problem: `must have one of ${ALGORITHMS.join(", ")} as its algorithm=` };

/** The algorithm that a word names; null for no word, undefined for another one. */
function algorithmNamed(word: string | null): SignatureAlgorithm | null | undefined {
  return word === null ? null : ALGORITHMS.find((each) => each === word);
}

/** `FILE`, or `FILE?algorithm=…`. */
function parseP12(text: string): SignerUrl | SignerUrlProblem {
  const [, file = "", word = null] = /^(.*?)(?:\?algorithm=([^?]*))?$/s.exec(text) ?? [];
  const algorithm = algorithmNamed(word);
  return algorithm === undefined ? ALGORITHM_PROBLEM : { kind: "p12", file, algorithm };
}

const CSC_FORM = "must be as csc:https://host/csc/v2?credential=ID";

/** Secrets travel to these addresses, so they are https, but on the machine itself; and they hold none. */
function parseCsc(text: string): CscUrl | SignerUrlProblem {
  const url = URL.parse(text);
  if (!url || !isSafe(url) || url.hash !== "") return { problem: `${CSC_FORM}, without a password` };
  const names = [...url.searchParams.keys()];
  const credential = url.searchParams.get("credential") ?? "";
  const isKnown = names.every((name) => ["credential", "token", "algorithm"].includes(name));
  if (credential === "" || !isKnown || new Set(names).size < names.length) {
    return { problem: `${CSC_FORM}, with &token=https://… where tokens are given elsewhere` };
  }
  const base = url.origin + url.pathname.replace(/\/+$/, "");
  const tokenUrl = url.searchParams.get("token") ?? `${base}/oauth2/token`;
  const tokens = URL.parse(tokenUrl);
  if (!tokens || !isSafe(tokens)) return { problem: "must have an https URL as its token=" };
  const algorithm = algorithmNamed(url.searchParams.get("algorithm"));
  if (algorithm === undefined) return ALGORITHM_PROBLEM;
  return { kind: "csc", base, credential, tokenUrl: tokens.href, algorithm };
}

function isSafe({ protocol, hostname, username, password }: URL): boolean {
  const isHere = hostname === "localhost" || hostname === "[::1]" || /^127(\.\d+){3}$/.test(hostname);
  return username === "" && password === "" &&
    (protocol === "https:" || (protocol === "http:" && isHere));
}

const PKCS11_FORM = "must be as pkcs11:token=LABEL;object=LABEL?module-path=FILE";

/** RFC 7512 §2.3, of which only what names one key is taken. */
function parsePkcs11(text: string): Pkcs11Url | SignerUrlProblem {
  const [, pathText = "", queryText = ""] = /^([^?]*)\??(.*)$/s.exec(text) ?? [];
  const path = readAttributes(pathText, ";", ["token", "object", "id", "type"]);
  const query = readAttributes(queryText, "&", ["module-path", "env", "algorithm"]);
  // A PIN here (`pin-value`) would be seen in every listing of settings.
  if (!path || !query) return { problem: `${PKCS11_FORM}, and the PIN in SIGNER_PASSPHRASE` };
  const [token, object, type] = [path.get("token"), path.get("object"), path.get("type")].map(textOf);
  const id = path.get("id");
  const [modulePath, env] = [textOf(query.get("module-path")), textOf(query.get("env"))];
  if (!token || !modulePath || !(object || id)) return { problem: PKCS11_FORM };
  if (type && type !== "private") return { problem: "must have type=private, or no type" };
  const variables = env?.split(",") ?? [];
  // Those of the loader (`LD_PRELOAD`) would put other code beside the PIN, and Deno keeps them from programs.
  if (!variables.every((name) => /^(?!LD_|DYLD_)[A-Za-z_]\w*$/.test(name))) {
    return { problem: "must have names of variables with commas between them as its env=" };
  }
  const algorithm = algorithmNamed(textOf(query.get("algorithm")));
  if (algorithm === undefined) return ALGORITHM_PROBLEM;
  return {
    kind: "pkcs11",
    token,
    object: object ?? null,
    id: id?.toHex() ?? null,
    modulePath,
    variables,
    algorithm,
  };
}

/** Attributes by name, percent-decoded; null when one is unknown, comes twice, is empty or is no attribute. */
function readAttributes(
  text: string,
  separator: string,
  known: readonly string[],
): ReadonlyMap<string, Uint8Array> | null {
  const found = new Map<string, Uint8Array>();
  for (const part of text.split(separator).filter((each) => each !== "")) {
    const [, name = "", value = ""] = /^([a-z-]+)=(.+)$/s.exec(part) ?? [];
    if (!known.includes(name) || found.has(name) || /%(?![0-9a-f]{2})/i.test(value)) return null;
    found.set(name, Uint8Array.from(percentDecoded(value)));
  }
  return found;
}

function percentDecoded(value: string): number[] {
  return value.split(/(%..)/).flatMap((part) =>
    part.startsWith("%") ? [Number.parseInt(part.slice(1), 16)] : [...new TextEncoder().encode(part)]
  );
}

/** UTF-8 text; null for none, and for bytes that are none. */
function textOf(bytes: Uint8Array | undefined): string | null {
  const text = bytes ? new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes) : "";
  return text === "" || text.includes("\0") || text.includes("\uFFFD") ? null : text;
}
