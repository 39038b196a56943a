/**
 * Revocation data from `validators/pki/ocsp_server.py`: openssl answers by responders of their own, for signers and
 * for timestamp authorities, then for nobody.
 *
 * @module
 */
import { deepStrictEqual as deepEqual, rejects, strictEqual as equal } from "node:assert/strict";
import { httpRevocation } from "../../lib/adapters/http_revocation.ts";
import { systemClock } from "../../lib/adapters/system_clock.ts";
import { revocationStatus } from "../../lib/pades/revocation_status.ts";
import { readCertificate } from "../../lib/pades/x509.ts";
import { type TestPki, withTestPki } from "./test_pki.ts";

const source = () => httpRevocation({ issuers: [], clock: systemClock(), fetch });

/** The chains that a seal has: signers' and authorities'. */
const CHAINS = [
  ["signer-rsa", "int", "root"],
  ["signer-ec", "int", "root"],
  ["tsa", "tsaroot"],
  ["tsa-int", "int", "root"],
] as const;

const chainOf = ({ certificate }: TestPki, names: readonly string[]) => names.map(certificate);

Deno.test("openssl's responders and lists are asked, understood, and waited for", async (step) => {
  await withTestPki(async (pki) => {
    for (const names of CHAINS) {
      await step.step(`${names.join(" < ")} is good by OCSP and by lists`, async () => {
        const chain = chainOf(pki, names);
        const { ocsps, crls } = await source().revocationFor(chain);
        deepEqual([ocsps.length, crls.length], [chain.length - 1, chain.length - 1]);
        const certificates = chain.map(readCertificate);
        for (const [i, issuer] of certificates.slice(1).entries()) {
          for (const data of [{ ocsps, crls: [] }, { ocsps: [], crls }]) {
            equal(revocationStatus(certificates[i]!, issuer, data).status, "good");
          }
        }
      });
    }
    await step.step("without the issuer at hand it is fetched from where the certificate says", async () => {
      equal((await source().revocationFor([pki.certificate("signer-rsa")])).ocsps.length, 1);
    });
    await step.step("a revoked signer is told, by OCSP and by the list alike", async () => {
      const chain = chainOf(pki, ["revoked", "int", "root"]);
      await rejects(source().revocationFor(chain), { code: "refused", retryable: false });
      const [leaf, issuer] = [readCertificate(chain[0]!), readCertificate(chain[1]!)];
      equal(revocationStatus(leaf, issuer, { ocsps: [], crls: [pki.file("int.crl")] }).status, "revoked");
    });
    await step.step("an outage is waited for, and what was asked just before it is still known", async () => {
      const chain = chainOf(pki, CHAINS[0]);
      const asked = source();
      const before = await asked.revocationFor(chain);
      await pki.restartRevocation({ down: true });
      deepEqual(await asked.revocationFor(chain), before);
      await rejects(source().revocationFor(chain), { code: "unavailable", retryable: true });
      await pki.restartRevocation({ down: false });
      equal((await source().revocationFor(chain)).ocsps.length, 2);
    });
  });
});
