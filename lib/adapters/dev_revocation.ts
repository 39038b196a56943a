/**
 * The development authority's lists of revoked certificates, made when asked: nobody is ever on them.
 *
 * @module
 */
import { DAY_MS, epochMs, type Instant, plusMs } from "../domain/instant.ts";
import type { Bytes } from "../pades/der.ts";
import { buildEmptyCrl } from "../pades/revocation_crl.ts";
import { readCertificate } from "../pades/x509.ts";
import { isIssuedBy } from "../pades/x509_chain.ts";
import type { Clock } from "../ports.ts";
import type { RevocationSource, Signer } from "../signing_ports.ts";

/** How long a list says that it holds. */
const VALID_MS = 7 * DAY_MS;

/** Lists of the root of development, for certificates that it issued; other chains get none. */
export function devRevocation(root: Signer, clock: Clock): RevocationSource {
  const certificate = readCertificate(root.certificate);
  const issuer = { name: certificate.subject.der, publicKey: certificate.publicKey };
  let last: { readonly thisUpdate: Instant; readonly list: Promise<Bytes> } | null = null;

  /** One list a second: what is asked for together is the same list. */
  const listAt = (thisUpdate: Instant): Promise<Bytes> => {
    if (last?.thisUpdate === thisUpdate) return last.list;
    const number = epochMs(thisUpdate) / 1000;
    const nextUpdate = plusMs(thisUpdate, VALID_MS);
    last = { thisUpdate, list: buildEmptyCrl(issuer, root, { thisUpdate, nextUpdate, number }) };
    return last.list;
  };

  return {
    async revocationFor(chain, signal) {
      signal?.throwIfAborted();
      const [leaf] = chain;
      if (!leaf || !isIssuedBy(readCertificate(leaf), certificate)) return { ocsps: [], crls: [] };
      return { ocsps: [], crls: [await listAt(`${clock.now().slice(0, 19)}.000Z`)] };
    },
  };
}
