/**
 * An authority that answers by OCSP (RFC 6960) that its certificates are good. pyHanko's formal procedure wants an
 * answer besides the list for a signer below an issuing authority, whose lists it finds no path to in the past.
 *
 * @module
 */
import { newKeyPair, subtleKey } from "../../lib/adapters/subtle_key.ts";
import { systemChance } from "../../lib/adapters/system_chance.ts";
import { type Instant, plusMs } from "../../lib/domain/instant.ts";
import { algorithmIdentifier } from "../../lib/pades/cms_algorithm.ts";
import { childrenOf, readDer, TAG } from "../../lib/pades/der.ts";
import {
  bits,
  certificateTime,
  context,
  contextValue,
  DER_NULL,
  element,
  generalizedTime,
  integer,
  octets,
  oid,
  sequence,
} from "../../lib/pades/der_write.ts";
import { OID } from "../../lib/pades/oids.ts";
import { buildOcspRequest } from "../../lib/pades/revocation_ocsp.ts";
import { readCertificate } from "../../lib/pades/x509.ts";
import { distinguishedName, extension, keyId, signedStructure } from "../../lib/pades/x509_builder.ts";
import { isIssuedBy } from "../../lib/pades/x509_chain.ts";
import type { Clock } from "../../lib/ports.ts";
import type { RevocationSource, Signer } from "../../lib/signing_ports.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** How long an answer says that it holds. */
const VALID_MS = 24 * 3_600_000;

/** Answers for the certificates that `issuer` issued, by a responder of its own; for others nothing. */
export async function ocspResponder(issuer: Signer, clock: Clock): Promise<RevocationSource> {
  const above = readCertificate(issuer.certificate);
  const responder = await responderUnder(issuer);
  return {
    async revocationFor(chain) {
      const own = chain.map(readCertificate).filter((each) => isIssuedBy(each, above));
      const at: Instant = `${clock.now().slice(0, 19)}.000Z`;
      const ids = own.map((each) => certificateId(buildOcspRequest(each, above)));
      return { ocsps: await Promise.all(ids.map((id) => goodResponse(responder, id, at))), crls: [] };
    },
  };
}

/** A key that may answer for an authority (RFC 6960 §4.2.2.2), as long as that lives. */
async function responderUnder(issuer: Signer): Promise<Signer> {
  const { algorithm } = issuer;
  const { pkcs8, publicKey } = await newKeyPair(algorithm);
  const above = readCertificate(issuer.certificate);
  const tbs = sequence(
    context(0, integer(2)), // v3
    integer(Uint8Array.of(0x40, ...systemChance.bytes(15))),
    algorithmIdentifier(algorithm),
    above.subject.der,
    sequence(certificateTime(above.notBefore), certificateTime(above.notAfter)),
    distinguishedName("割符（試験用）", `OCSP ${algorithm}`),
    publicKey,
    context(
      3,
      sequence(
        extension(OID.keyUsage, true, bits(Uint8Array.of(0b1000_0000), 7)), // digitalSignature
        extension(OID.extendedKeyUsage, false, sequence(oid(OID.ocspSigning))),
        extension(OID.ocspNoCheck, false, DER_NULL),
        extension(OID.subjectKeyId, false, octets(keyId(publicKey))),
        extension(OID.authorityKeyId, false, sequence(contextValue(0, keyId(above.publicKey)))),
      ),
    ),
  );
  const certificate = await signedStructure(tbs, issuer);
  return { certificate, chain: [issuer.certificate], ...await subtleKey(pkcs8, algorithm) };
}

/** The `CertID` of a request for one certificate: in `OCSPRequest`, `TBSRequest`, `requestList`, `Request`. */
function certificateId(request: Bytes): Uint8Array {
  let node = readDer(request);
  for (let depth = 0; depth < 4; depth++) node = childrenOf(node)[0]!;
  return node.whole;
}

async function goodResponse(responder: Signer, id: Uint8Array, at: Instant): Promise<Bytes> {
  const single = sequence(
    id,
    contextValue(0, new Uint8Array()), // good
    generalizedTime(at),
    context(0, generalizedTime(plusMs(at, VALID_MS))),
  );
  const byKey = context(2, octets(keyId(readCertificate(responder.certificate).publicKey)));
  const tbs = sequence(byKey, generalizedTime(at), sequence(single));
  const signature = [algorithmIdentifier(responder.algorithm), bits(await responder.sign(tbs))];
  const basic = sequence(tbs, ...signature, context(0, sequence(responder.certificate)));
  const successful = element(TAG.enumerated, Uint8Array.of(0));
  return sequence(successful, context(0, sequence(oid(OID.ocspBasic), octets(basic))));
}
