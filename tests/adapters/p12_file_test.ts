/**
 * P12 files as the programs of the world write them; `tests/fixtures/p12/make.sh` made them.
 *
 * @module
 */
import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal } from "node:assert/strict";
import { p12Signer } from "../../lib/adapters/p12_signer.ts";
import { openSigner } from "../../lib/adapters/open_signer.ts";
import { systemChance } from "../../lib/adapters/system_chance.ts";
import { algorithmIdentifier, isSignedBy } from "../../lib/pades/cms_algorithm.ts";
import { type Bytes, childrenOf, readDer } from "../../lib/pades/der.ts";
import { element, oid } from "../../lib/pades/der_write.ts";
import { OID } from "../../lib/pades/oids.ts";
import { readCertificate } from "../../lib/pades/x509.ts";
import { fromPem } from "../../lib/pades/x509_pem.ts";
import { joinBytes } from "../../lib/pdf/byte_source.ts";
import { PortError } from "../../lib/ports.ts";
import type { Signer } from "../../lib/signing_ports.ts";
import { fakeClock } from "../support/fake_clock.ts";

const folder = new URL("../fixtures/p12/", import.meta.url);
const read = (name: string): Bytes => Deno.readFileSync(new URL(`${name}.p12`, folder));
const certificate = (name: string): Bytes =>
  fromPem("CERTIFICATE", Deno.readTextFileSync(new URL(`${name}.pem`, folder)))[0]!;
const data = new TextEncoder().encode("to be signed");

async function assertSigns({ certificate, algorithm, sign }: Signer): Promise<void> {
  const { publicKey } = readCertificate(certificate);
  ok(isSignedBy(publicKey, algorithmIdentifier(algorithm), data, await sign(data)), algorithm);
}

/** File, passphrase, certificate, algorithm. */
const ORIGINS = [
  ["openssl1", "test", "rsa2048", "RS256"],
  ["openssl3", "test", "rsa4096", "RS256"],
  ["openssl3-ec", "test", "P-384", "ES384"], // With a cross certificate and two roots in it, in no order.
  ["shuffled", "test", "rsa2048", "RS256"],
  ["windows-3des", "test", "rsa2048", "RS256"],
  ["windows-aes", "test", "rsa2048", "RS256"],
  ["macos", "test", "rsa2048", "RS256"],
  ["plain", "test", "rsa2048", "RS256"], // Only a checksum, no cipher.
  ["java8", "test01", "rsa2048", "RS256"],
  ["java17", "test01", "rsa2048", "RS256"],
  ["pss-issuer", "test", "strange", "RS256"], // Its issuer signs by PSS.
  ["pss-key", "test", "pss", "PS256"], // Its key is for PSS alone.
  ["ja-openssl3", "割符", "P-256", "ES256"],
  ["ja-old", "割符", "P-256", "ES256"],
  ["ja-openssl1.0", "割符", "rsa2048", "RS256"],
] as const;

for (const [name, passphrase, leaf, algorithm] of ORIGINS) {
  Deno.test(`P12 ${name}: the certificate as it was issued, the short chain, a key that signs`, async () => {
    const signer = await p12Signer(read(name), passphrase);
    deepEqual(signer.certificate, certificate(leaf));
    deepEqual(signer.chain, [certificate("int"), certificate("root")]);
    equal(signer.algorithm, algorithm);
    await assertSigns(signer);
  });
}

/** The same file with indefinite lengths and its content in pieces, as BER allows and some programs write. */
function asBer(file: Bytes): Bytes {
  const [version, safe, mac] = childrenOf(readDer(file));
  const [content] = childrenOf(childrenOf(safe!)[1]!);
  const open = (tag: number, ...parts: Uint8Array[]) =>
    joinBytes([Uint8Array.of(tag, 0x80), ...parts, new Uint8Array(2)]);
  const pieces = [content!.content.slice(0, 100), content!.content.slice(100)].map((each) =>
    element(4, each)
  );
  return open(0x30, version!.whole, open(0x30, oid(OID.data), open(0xa0, open(0x24, ...pieces))), mac!.whole);
}

Deno.test("a P12 may be written in BER", async () => {
  for (const name of ["windows-aes", "openssl1"]) {
    const signer = await p12Signer(asBer(read(name)), "test");
    deepEqual(signer.certificate, certificate("rsa2048"));
    await assertSigns(signer);
  }
});

Deno.test("an RSA key signs by PSS where that is wanted; no key by what it can't", async () => {
  for (const name of ["openssl1", "openssl3"]) {
    const signer = await p12Signer(read(name), "test", "PS256");
    equal(signer.algorithm, "PS256");
    await assertSigns(signer);
  }
  for (
    const [name, wanted] of [["openssl1", "ES256"], ["openssl3-ec", "PS256"], ["pss-key", "RS256"]] as const
  ) {
    await rejects(p12Signer(read(name), "test", wanted), {
      code: "misconfigured",
      message: /does not sign by/,
    });
  }
});

/** File, passphrase, what is said. */
const FAULTS = [
  ["no-key", "test", /no private key/],
  ["two-keys", "test01", /2 private keys/],
  ["other-key", "test", /no certificate in it goes with its key/],
  ["ed25519", "test", /neither RSA nor on P-256 or P-384/],
  ["ja-mixed", "割符", /must be of ASCII characters.*write the file anew/],
  ["ja-old", "符割", /passphrase is wrong/],
  ["ja-openssl3", "符割", /passphrase is wrong/],
  ["openssl1", "secret-word", /passphrase is wrong/],
  ["openssl3", "", /passphrase is wrong/],
] as const;

for (const [name, passphrase, said] of FAULTS) {
  Deno.test(`P12 ${name} with ${passphrase === "" ? "no" : "this"} passphrase (${said.source}) is refused in plain words`, async () => {
    const error = await p12Signer(read(name), passphrase).then(() => null, (cause: unknown) => cause);
    ok(error instanceof PortError);
    deepEqual([error.code, error.retryable], ["misconfigured", false]);
    ok(said.test(error.message), error.message);
    ok(passphrase === "" || passphrase === "test" || !Deno.inspect(error).includes(passphrase));
  });
}

Deno.test("what is no P12 file is told from a wrong passphrase", async () => {
  const whole = read("openssl3");
  for (
    const file of [
      new Uint8Array(),
      data,
      Deno.readFileSync(new URL("root.pem", folder)),
      whole.slice(0, 999),
    ]
  ) {
    await rejects(p12Signer(file, "test"), { code: "misconfigured", message: /no PKCS#12 file/ });
  }
});

Deno.test("SIGNER_URL chooses PSS, and knows no other algorithms than ours", async () => {
  const clock = fakeClock();
  const open = (url: string) =>
    openSigner({ url, passphrase: "test", dataDir: "" }, {
      clock,
      trueClock: clock,
      chance: systemChance,
      fetch,
    });
  const path = `p12:${new URL("openssl1.p12", folder).pathname}`;
  equal((await open(path)).signer.algorithm, "RS256");
  equal((await open(`${path}?algorithm=RS256`)).signer.algorithm, "RS256");
  equal((await open(`${path}?algorithm=PS256`)).signer.algorithm, "PS256");
  for (const word of ["", "PS512", "ES256"]) {
    await rejects(open(`${path}?algorithm=${word}`), { name: "PortError", code: "misconfigured" });
  }
});
