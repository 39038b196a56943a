/**
 * Signatures by a remote signing service that keeps to the rules of the CSC API.
 *
 * @module
 */
import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal } from "node:assert/strict";
import { cscSigner, type CscSignerOptions } from "../../lib/adapters/csc_signer.ts";
import { openSigner } from "../../lib/adapters/open_signer.ts";
import { systemChance } from "../../lib/adapters/system_chance.ts";
import { algorithmIdentifier, isSignedBy } from "../../lib/pades/cms_algorithm.ts";
import { readCertificate } from "../../lib/pades/x509.ts";
import { signerConformance } from "../conformance/signer.ts";
import { CSC_CLIENT, type FakeCsc, fakeCsc, type FakeCscOptions } from "../support/fake_csc.ts";
import { fakeClock } from "../support/fake_clock.ts";
import { certificate, GOOD_TIME } from "../support/pki_vectors.ts";
import { sealAndVerify } from "../support/seal_and_verify.ts";

const data = new TextEncoder().encode("to be signed");
const clock = fakeClock(GOOD_TIME);

/** Runs a test with a service that is gone afterwards. */
async function withService(options: FakeCscOptions, test: (csc: FakeCsc) => Promise<void>): Promise<void> {
  const csc = fakeCsc(options);
  try {
    await test(csc);
  } finally {
    await csc.close();
  }
}

const open = ({ base }: FakeCsc, options: Partial<CscSignerOptions> = {}) =>
  cscSigner({
    base,
    tokenUrl: `${base}/oauth2/token`,
    credential: "seal",
    client: CSC_CLIENT,
    pin: "4321",
    algorithm: null,
    issuers: [],
    clock,
    fetch,
    ...options,
  });

for (const key of ["ec256", "ec384"] as const) {
  signerConformance(
    `CSC ${key}`,
    (test) => withService({ key }, async (csc) => await test(await open(csc))),
  );
}

Deno.test("RSA signs by PKCS#1 v1.5 as a rule, by PSS where it is wanted or nothing else is offered", () =>
  withService({ key: "rsa3072" }, async (csc) => {
    const { publicKey } = certificate("rsa3072");
    for (const [algorithm, expected] of [[null, "RS256"], ["PS256", "PS256"]] as const) {
      const signer = await open(csc, { algorithm });
      equal(signer.algorithm, expected);
      ok(isSignedBy(publicKey, algorithmIdentifier(expected), data, await signer.sign(data)));
    }
    await rejects(open(csc, { algorithm: "ES256" }), { code: "misconfigured" });
    csc.trick = onlyOffering("1.2.840.113549.1.1.10");
    equal((await open(csc)).algorithm, "PS256");
    csc.trick = onlyOffering("1.2.840.113549.1.1.1");
    equal((await open(csc)).algorithm, "RS256");
    csc.trick = onlyOffering("1.2.840.113549.1.1.5");
    await rejects(open(csc), { code: "misconfigured", retryable: false });
  }));

function onlyOffering(algorithm: string): FakeCsc["trick"] {
  return ({ method }, right) => {
    if (method !== "credentials/info") return null;
    return right().then(async (response) => {
      const info = await response.json();
      return Response.json({ ...info, key: { ...info.key, algo: [algorithm] } });
    });
  };
}

Deno.test("elliptic signatures come out as DER, in whichever form they come in", async () => {
  for (const form of ["ecdsa-raw", "ecdsa-der"] as const) {
    await withService({ key: "ec256", form }, async (csc) => {
      equal((await (await open(csc)).sign(data))[0], 0x30);
    });
  }
});

Deno.test("certificate and chain come from the service, or partly from the operator", () =>
  withService({}, async (csc) => {
    const signer = await open(csc);
    deepEqual(signer.certificate, certificate("ec256").der);
    deepEqual(signer.chain, [certificate("int").der, certificate("root").der]);
    csc.trick = ({ method }, right) =>
      method !== "credentials/info" ? null : right().then(async (response) => {
        const info = await response.json();
        return Response.json({ ...info, cert: { certificates: [info.cert.certificates[0]] } });
      });
    deepEqual((await open(csc)).chain, []);
    const issuers = [certificate("root").der, certificate("int").der];
    deepEqual((await open(csc, { issuers })).chain, [certificate("int").der, certificate("root").der]);
  }));

Deno.test("only the digest goes out; each signature has an authorization of its own, the token is kept", () =>
  withService({}, async (csc) => {
    const signer = await open(csc);
    await signer.sign(data);
    await signer.sign(data);
    deepEqual(csc.asked.map(({ method }) => method), [
      "oauth2/token",
      "credentials/info",
      "credentials/authorize",
      "signatures/signHash",
      "credentials/authorize",
      "signatures/signHash",
    ]);
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", data)).toBase64();
    const { SAD, ...rest } = csc.asked.at(-1)!.parameters;
    ok(SAD);
    deepEqual(rest, {
      credentialID: "seal",
      hashes: [digest],
      hashAlgorithmOID: "2.16.840.1.101.3.4.2.1",
      signAlgo: "1.2.840.10045.4.3.2",
    });
  }));

Deno.test("a token is renewed before its end, and at once when it is no longer taken", () =>
  withService({ tokenSeconds: 600 }, async (csc) => {
    const clock = fakeClock(GOOD_TIME);
    const signer = await open(csc, { clock });
    clock.advance(500_000);
    await signer.sign(data);
    equal(csc.count("oauth2/token"), 1);
    clock.advance(80_000);
    await Promise.all([signer.sign(data), signer.sign(data)]);
    equal(csc.count("oauth2/token"), 2);
    let revoked = true;
    csc.trick = ({ method }) => {
      if (!revoked || method !== "signatures/signHash") return null;
      revoked = false;
      return Promise.resolve(new Response(null, { status: 401 }));
    };
    await signer.sign(data);
    equal(csc.count("oauth2/token"), 3);
  }));

Deno.test("a credential may ask for nothing; one that asks for a person cannot be used", async () => {
  await withService({ pin: null }, async (csc) => {
    await (await open(csc, { pin: "" })).sign(data);
    ok(!("authData" in csc.asked.at(-2)!.parameters));
  });
  const pin = { type: "Password", id: "PIN" };
  const otp = { type: "Password", id: "OTP", generator: "totp" };
  const usable = [
    { mode: "explicit", expression: "(PIN OR OTP)", objects: [pin, otp] },
    { mode: "explicit", objects: [pin] },
  ];
  const unusable = [
    { mode: "oauth2code" },
    { mode: "implicit" },
    { mode: "explicit", expression: "(PIN)AND(OTP)", objects: [pin, otp] },
    { mode: "explicit", expression: "PIN AND OTP", objects: [pin, otp] },
    { mode: "explicit", objects: [pin, otp] },
    { mode: "explicit", objects: [otp] },
    { mode: "explicit", expression: "(A OR PIN) AND OTP", objects: [pin, otp] },
  ];
  for (const auth of usable) await withService({ info: { auth } }, async (csc) => void await open(csc));
  for (const auth of unusable) {
    await withService({ info: { auth } }, async (csc) => {
      await rejects(open(csc), { code: "misconfigured", retryable: false }, JSON.stringify(auth));
    });
  }
  await withService({}, async (csc) => {
    await rejects(open(csc, { pin: "" }), { code: "misconfigured", message: /SIGNER_PASSPHRASE/ });
  });
});

Deno.test("a whole PDF is sealed through it, and our verifier finds nothing amiss", () =>
  withService({ key: "rsa3072" }, async (csc) => {
    const { report } = await sealAndVerify(await open(csc), GOOD_TIME);
    equal(report.verdict, "valid");
    deepEqual(report.revisions.map(({ level, faults }) => [level, faults]), [["B", []], ["T", []]]);
  }));

Deno.test("SIGNER_URL opens it, held to its certificate's validity", () =>
  withService({}, async ({ url }) => {
    const clock = fakeClock(GOOD_TIME);
    const { signer, trustRoots } = await openSigner(
      { url, passphrase: "4321", client: CSC_CLIENT, dataDir: "" },
      { clock, trueClock: clock, chance: systemChance, fetch },
    );
    deepEqual(trustRoots, [certificate("root").der]);
    const { publicKey } = readCertificate(signer.certificate);
    ok(isSignedBy(publicKey, algorithmIdentifier("ES256"), data, await signer.sign(data)));
    clock.advance(100 * 365 * 86_400_000);
    await rejects(signer.sign(data), { code: "refused", retryable: true });
  }));
