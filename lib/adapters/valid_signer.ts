/**
 * Holds a signer to what its certificate says: the right kind of key use, and no signature outside its validity.
 *
 * @module
 */
import { type Certificate, isValidAt, readCertificate } from "../pades/x509.ts";
import { type Clock, PortError, type Signer } from "../ports.ts";

/** The signer, refusing to sign before and after its certificate's validity. Throws `PortError` `misconfigured`. */
export function validSigner(signer: Signer, clock: Clock): Signer {
  const certificate = readCertificate(signer.certificate);
  assertMaySign(certificate);
  return {
    ...signer,
    sign: async (tbs, signal) => {
      if (!isValidAt(certificate, clock.now())) {
        // A new certificate may be put in its place while the seal waits.
        throw new PortError("refused", "Cannot sign: the certificate is not valid now", { retryable: true });
      }
      return await signer.sign(tbs, signal);
    },
  };
}

/** RFC 5280 §4.2.1.3: signatures on documents need one of two uses, where uses are named. */
function assertMaySign({ keyUse, isAuthority }: Certificate): void {
  const maySign = keyUse === null || keyUse.has("digitalSignature") || keyUse.has("nonRepudiation");
  if (maySign && !isAuthority) return;
  throw new PortError("misconfigured", "Cannot use the certificate: it is not one for signing documents", {
    retryable: false,
  });
}
