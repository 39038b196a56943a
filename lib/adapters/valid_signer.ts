/**
 * Holds a signer to what its certificate says: the right kind of key use, and no signature outside its validity.
 *
 * @module
 */
import { type Certificate, isForSigning, isSelfIssued, isValidAt, readCertificate } from "../pades/x509.ts";
import { type Clock, PortError } from "../ports.ts";
import type { Signer } from "../signing_ports.ts";

/**
 * The signer, refusing to sign before and after the validity of its certificate and of those that it was issued by;
 * a root is trusted for itself. Throws `PortError` `misconfigured`.
 */
export function validSigner(signer: Signer, clock: Clock): Signer {
  const certificate = readCertificate(signer.certificate);
  assertMaySign(certificate);
  const issuers = signer.chain.map(readCertificate).filter((each) => !isSelfIssued(each));
  return {
    ...signer,
    sign: async (tbs, signal) => {
      const at = clock.now();
      // A new certificate may be put in its place while the seal waits.
      if (!isValidAt(certificate, at)) throw refused("the certificate is not valid now");
      if (!issuers.every((each) => isValidAt(each, at))) {
        throw refused("its issuer's certificate is not valid now");
      }
      return await signer.sign(tbs, signal);
    },
  };
}

function refused(state: string): PortError {
  return new PortError("refused", `Cannot sign: ${state}`, { retryable: true });
}

/** RFC 5280 §4.2.1.3: signatures on documents need one of two uses, where uses are named. */
function assertMaySign(certificate: Certificate): void {
  if (isForSigning(certificate) && !certificate.isAuthority) return;
  throw new PortError("misconfigured", "Cannot use the certificate: it is not one for signing documents", {
    retryable: false,
  });
}
