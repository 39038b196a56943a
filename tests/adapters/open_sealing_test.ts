import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal } from "node:assert/strict";
import { openSealing, type Sealing, type SealingSettings } from "../../lib/adapters/open_sealing.ts";
import { devTsaHandler } from "../../lib/adapters/dev_tsa.ts";
import { p12Signer } from "../../lib/adapters/p12_signer.ts";
import { systemChance } from "../../lib/adapters/system_chance.ts";
import { readTimestampToken } from "../../lib/pades/timestamp_token.ts";
import { readCertificate } from "../../lib/pades/x509.ts";
import { chainTo } from "../../lib/pades/x509_chain.ts";
import { fakeClock } from "../support/fake_clock.ts";
import { certificate, GOOD_TIME, vector } from "../support/pki_vectors.ts";

const P12 = `p12:${new URL("../fixtures/pki/ec256.p12", import.meta.url).pathname}`;
const digest = new Uint8Array(32).fill(7);

/** Opens what the settings say, in a directory that is gone after the test. */
async function withSealing(
  settings: Partial<SealingSettings>,
  test: (sealing: Sealing) => Promise<void>,
): Promise<void> {
  const dataDir = await Deno.makeTempDir();
  try {
    const clock = fakeClock(GOOD_TIME);
    const authority = await p12Signer(vector("tsa.p12"), "test");
    const handler = devTsaHandler({ authority, clock, chance: systemChance });
    const fetch = (url: string, init: RequestInit) => handler(new Request(url, init));
    const tools = { clock, trueClock: clock, chance: systemChance, fetch };
    const tsa = { url: "dev:", policy: null };
    await test(
      await openSealing({ signer: { url: "dev:" }, tsa, trustRoots: [], dataDir, ...settings }, tools),
    );
  } finally {
    await Deno.remove(dataDir, { recursive: true });
  }
}

/** Whether a certificate leads to one of the roots that the service verifies with. */
const trusts = (
  { trustRoots }: Sealing,
  der: Uint8Array<ArrayBuffer>,
  pool: readonly Uint8Array<ArrayBuffer>[] = [],
) =>
  chainTo(trustRoots.map(readCertificate), readCertificate(der), pool.map(readCertificate), GOOD_TIME) !==
    null;

Deno.test("without any settings, development signs, stamps and trusts itself", () =>
  withSealing({}, async (sealing) => {
    ok(await sealing.signer.sign(digest));
    const token = readTimestampToken(await sealing.tsa.timestamp(digest));
    ok(trusts(sealing, sealing.signer.certificate));
    ok(trusts(sealing, token.certificate!.der));
    const { crls, ocsps } = await sealing.revocation.revocationFor([sealing.signer.certificate]);
    deepEqual([crls.length, ocsps.length], [1, 0]);
    equal(sealing.skewMs(), null);
    deepEqual(sealing.tsaChain()[0], token.certificate!.der);
  }));

Deno.test("a P12 file and an authority over HTTP are trusted by their own chains", () =>
  withSealing({
    signer: { url: P12, passphrase: "test" },
    tsa: { url: "http://one.test/, http://two.test/", policy: null },
  }, async (sealing) => {
    deepEqual(sealing.signer.certificate, certificate("ec256").der);
    deepEqual(sealing.trustRoots, [certificate("root").der]);
    deepEqual(sealing.tsaChain(), []);
    const token = readTimestampToken(await sealing.tsa.timestamp(digest));
    ok(trusts(sealing, sealing.signer.certificate, sealing.signer.chain));
    deepEqual(sealing.tsaChain(), [token.certificate!.der, certificate("int").der]);
    ok(trusts(sealing, token.certificate!.der)); // The list has grown by the authority that answered.
    equal(sealing.trustRoots.length, 2);
    equal(sealing.skewMs(), 0);
  }));

Deno.test("with roots given, an authority must lead to one of them", async () => {
  const tsa = { url: "http://tsa.test/", policy: null };
  await withSealing({ tsa, trustRoots: [certificate("root2").der] }, async (sealing) => {
    await rejects(sealing.tsa.timestamp(digest), { code: "refused", retryable: true });
  });
  await withSealing({ tsa, trustRoots: [certificate("root").der] }, async (sealing) => {
    ok(await sealing.tsa.timestamp(digest));
    ok(sealing.trustRoots.some((root) => root.toHex() === certificate("root").der.toHex()));
  });
});

Deno.test("addresses of no known kind are faults of the settings", async () => {
  const fault = { name: "PortError", code: "misconfigured", retryable: false };
  const nothing = () => Promise.resolve();
  for (const url of ["", "pkcs11:token", "p12:/nowhere.p12", P12]) {
    await rejects(withSealing({ signer: { url, passphrase: "wrong" } }, nothing), fault, url);
  }
  for (
    const url of [
      "",
      ",",
      "ftp://tsa.test/",
      "http://good.test/,nonsense",
      "http://tsa:%zz@tsa.test/",
      "http://tsa:%ff@tsa.test/",
    ]
  ) {
    await rejects(withSealing({ tsa: { url, policy: null } }, nothing), fault, url);
  }
});
