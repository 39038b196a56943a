/**
 * Collects what a verifier will need in years to come: the certificates and the revocation data of our signer and
 * of every timestamp that stands on our seals (ETSI EN 319 142-1 §5.4).
 *
 * @module
 */
import type { ByteSource } from "../ports.ts";
import type { RevocationSource, Signer } from "../signing_ports.ts";
import { openPdf } from "../pdf/pdf_file.ts";
import { certificateOf, readSignedData, type SignedData } from "./cms_reader.ts";
import type { Bytes } from "./der.ts";
import { sameBytes } from "./der_values.ts";
import type { ValidationData } from "./dss.ts";
import { OID } from "./oids.ts";
import { readable } from "./readable.ts";
import { sealsIn } from "./seals_in.ts";
import { type Certificate, readCertificate } from "./x509.ts";
import { chainWithin } from "./x509_chain.ts";

/** What is collected for, and from where. */
export type CollectOrder = {
  /** The sealed PDF. */
  readonly source: ByteSource;
  readonly signer: Signer;
  readonly revocation: RevocationSource;
  readonly signal?: AbortSignal;
};

/**
 * Collects for the signer, for our seals and for every timestamp from our first seal on. What others signed before
 * is theirs: its certificates could send us to any address. Throws `PortError`, or `UnreadableError` for a
 * damaged PDF.
 */
export async function collectValidationData(order: CollectOrder): Promise<ValidationData> {
  const { source, signer, revocation, signal } = order;
  const own = [signer.certificate, ...signer.chain].map(readCertificate);
  const chains = [chainWithin(own, own[0]!), ...chainsOfSeals(source, own)];
  return await collectFor(chains, revocation, signal);
}

/** Certificates of chains (leaf first) and fresh revocation data for them, none twice. Throws `PortError`. */
export async function collectFor(
  chains: readonly (readonly Certificate[])[],
  revocation: RevocationSource,
  signal?: AbortSignal,
): Promise<ValidationData> {
  const certificates = new Set<string>();
  const ocsps = new Set<string>();
  const crls = new Set<string>();
  for (const chain of new Map(chains.map((each) => [each[0]!.der.toHex(), each])).values()) {
    const found = await revocation.revocationFor(chain.map(({ der }) => der), signal);
    for (const { der } of chain) certificates.add(der.toHex());
    for (const each of found.ocsps) ocsps.add(each.toHex());
    for (const each of found.crls) crls.add(each.toHex());
  }
  return { certificates: bytesOf(certificates), ocsps: bytesOf(ocsps), crls: bytesOf(crls) };
}

function bytesOf(found: ReadonlySet<string>): Bytes[] {
  return Array.from(found, (hex) => Uint8Array.fromHex(hex));
}

/** The chains of whoever sealed for us, and of the timestamps on and after these seals. */
function chainsOfSeals(source: ByteSource, own: readonly Certificate[]): (readonly Certificate[])[] {
  const chains: (readonly Certificate[])[] = [];
  let begun = false;
  for (const { kind, contents } of sealsIn(openPdf(source))) {
    // What others signed before us may be in a form that we do not read.
    const signed = readable(() => readSignedData(contents));
    const chain = signed ? signerChain(signed, own) : [];
    const ours = isOurs(chain, own);
    begun ||= ours;
    if (signed && ours) chains.push(...timestampsOn(signed).map((token) => signerChain(token, own)));
    if (ours || (begun && kind === "doc-timestamp")) chains.push(chain);
  }
  return chains.filter((chain) => chain.length > 0);
}

function timestampsOn(signed: SignedData): SignedData[] {
  const tokens = signed.signers.flatMap((each) => each.unsignedAttributes.get(OID.signatureTimestamp) ?? []);
  return tokens.map((token) => readSignedData(token.whole));
}

/** The chain of the one who signed, as far as the signature and our own certificates tell. */
function signerChain(signed: SignedData, own: readonly Certificate[]): readonly Certificate[] {
  const pool = [...signed.certificates, ...own];
  const leaf = signed.signers[0] && certificateOf(signed.signers[0], pool);
  return leaf ? chainWithin(pool, leaf) : [];
}

/** Ours is what the signer's certificate signed, or an earlier one of the same subject and issuer. */
function isOurs([leaf, issuer]: readonly Certificate[], own: readonly Certificate[]): boolean {
  const [ownLeaf, ownIssuer] = own;
  if (!leaf || !ownLeaf) return false;
  if (sameBytes(leaf.der, ownLeaf.der)) return true;
  const sameIssuer = issuer !== undefined && ownIssuer !== undefined && sameBytes(issuer.der, ownIssuer.der);
  return sameIssuer && sameBytes(leaf.subject.der, ownLeaf.subject.der);
}
