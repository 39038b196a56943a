/**
 * Makes one verdict of what the checks found. What only looks like a pass is not taken for one.
 *
 * @module
 */
import type { ARCResult, AuthenticateResult, DKIMResult } from "mailauth";
import type { AuthResult, MailVerdict } from "../mail/authenticator.ts";

const RESULTS: readonly AuthResult[] = [
  "none",
  "pass",
  "fail",
  "softfail",
  "neutral",
  "policy",
  "temperror",
  "permerror",
];

const resultOf = (found: { readonly status: { readonly result: string } } | false | undefined): AuthResult =>
  RESULTS.find((each) => found && each === found.status.result) ?? "none";

/** The best result of several signatures. */
function dkimResult(signatures: readonly DKIMResult[]): AuthResult {
  const results = signatures.map(resultOf);
  return results.find((each) => each === "pass") ?? results[0] ?? "none";
}

/**
 * Whether a signature of the author's domain vouches for the mail as it is read: for the whole body (one with `l=`
 * lets anything be added, RFC 6376 §8.2), with a subject that is signed, by a key in earnest (`t=y`, §3.6.1).
 */
function vouches({ status, signingHeaders }: DKIMResult, hasSubject: boolean): boolean {
  const signed = signingHeaders?.keys.toLowerCase().split(/\s*:\s*/) ?? [];
  return status.result === "pass" && Boolean(status.aligned) && !status.underSized && !status.testing &&
    (!hasSubject || signed.includes("subject"));
}

/** A tag of an ARC header as the library reads it. */
type ArcTag = {
  readonly value?: unknown;
  readonly result?: unknown;
  readonly header?: { readonly from?: unknown };
};

const text = (value: unknown): string => typeof value === "string" ? value.toLowerCase() : "";

/**
 * Whether an unbroken chain, sealed by forwarders that are trusted one and all, begins with the word that DMARC
 * passed for this author (RFC 8617 §7.2.1). A seal proves only who sealed; whom to believe is the operator's choice.
 */
function forwarded(arc: ARCResult | false, from: string, forwarders: readonly string[]): boolean {
  if (!arc || arc.status.result !== "pass" || from === "") return false;
  const chain = arc.chain || [];
  const sealers = chain.map((set) => text((set["arc-seal"]?.parsed?.["d"] as ArcTag | undefined)?.value));
  if (sealers.length === 0 || !sealers.every((domain) => forwarders.includes(domain))) return false;
  // The library takes the newest set's results out of the chain.
  const said =
    (chain.length === 1
      ? arc.authenticationResults?.["dmarc"]
      : chain[0]?.["arc-authentication-results"]?.parsed?.["dmarc"]) as ArcTag | undefined;
  return text(said?.result ?? said?.value) === "pass" && text(said?.header?.from) === from;
}

/** What the verdict needs to know besides the checks. */
export type VerdictFacts = {
  readonly forwarders: readonly string[];
  /** Whether the client's address was asked about. */
  readonly spfAsked: boolean;
  /** Whether DNS failed to answer a question. */
  readonly dnsFailed: boolean;
};

/** The verdict. */
export function verdictOf(checks: AuthenticateResult, facts: VerdictFacts): MailVerdict {
  const { dkim, dmarc, arc } = checks;
  const hasSubject = dkim.headers?.parsed.some(({ key }) => key === "subject") ?? false;
  const passed = dmarc && dmarc.status.result === "pass";
  const bySender = facts.spfAsked && Boolean(passed && dmarc.alignment.spf.result);
  const bySignature = passed && dkim.results.some((each) => vouches(each, hasSubject));
  const from = dmarc ? text(dmarc.status.header?.from) : "";
  const aligned = bySender || bySignature || forwarded(arc, from, facts.forwarders);
  return {
    domain: from || null,
    dkim: dkimResult(dkim.results),
    spf: facts.spfAsked ? resultOf(checks.spf) : "none",
    dmarc: resultOf(dmarc),
    arc: resultOf(arc),
    aligned,
    temporary: !aligned && facts.dnsFailed,
  };
}
