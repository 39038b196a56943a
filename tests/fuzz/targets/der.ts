/**
 * Damaged signatures, timestamp tokens and responses, certificates, OCSP responses and revocation lists through
 * every reader of DER. What a key did not sign may not count as signed.
 *
 * @module
 */
import { algorithmOfKey } from "../../../lib/pades/cms_algorithm.ts";
import { checkSigner } from "../../../lib/pades/cms_check.ts";
import { certificateOf, readSignedData } from "../../../lib/pades/cms_reader.ts";
import { isCrlOf, readCrl, revokedAt } from "../../../lib/pades/revocation_crl.ts";
import { readOcspResponse, responderOf } from "../../../lib/pades/revocation_ocsp.ts";
import { revocationStatus } from "../../../lib/pades/revocation_status.ts";
import { sealsIn } from "../../../lib/pades/seals_in.ts";
import { readTimestampRequest } from "../../../lib/pades/timestamp_request.ts";
import { readTimestampResponse } from "../../../lib/pades/timestamp_response.ts";
import { isTimestampAuthority, readTimestampToken, timeRange } from "../../../lib/pades/timestamp_token.ts";
import { type Certificate, readCertificate } from "../../../lib/pades/x509.ts";
import { chainTo, chainWithin, isIssuedBy } from "../../../lib/pades/x509_chain.ts";
import { fromPem } from "../../../lib/pades/x509_pem.ts";
import { memorySource } from "../../../lib/pdf/byte_source.ts";
import { openPdf } from "../../../lib/pdf/pdf_file.ts";
import { GOOD_TIME } from "../../support/pki_vectors.ts";
import { damageDer } from "../der_mutations.ts";
import { SEALED, sealedSeeds } from "../sealed_seeds.ts";
import {
  attempted,
  type Bytes,
  chooseSmall,
  Finding,
  fixtureSeeds,
  type FuzzTarget,
  type Seed,
} from "../target.ts";

const PEM = /\.pem$/;

/** OpenSSL's vectors, and the signatures and tokens of our own sealed files. */
async function derSeeds(): Promise<Seed[]> {
  const files = await fixtureSeeds("pki", /\.(pem|cms|tsr|tsq|ocsp|crl)$/);
  const vectors = files.map(({ name, bytes }) =>
    PEM.test(name)
      ? { name, bytes: fromPem("CERTIFICATE", new TextDecoder().decode(bytes))[0]! }
      : { name, bytes }
  );
  const sealed = (await sealedSeeds()).filter(({ name }) => name.startsWith(SEALED));
  const contents = sealed.flatMap(({ name, bytes }) =>
    sealsIn(openPdf(memorySource(bytes))).map((seal, place) => ({
      name: `${name}-${place}.${seal.kind === "signature" ? "cms" : "tst"}`,
      bytes: readSignedData(seal.contents).der,
    }))
  );
  return [...vectors, ...contents];
}

/** What keys of the seeds have signed, as hexadecimal text. */
function signedParts(bytes: Bytes): string[] {
  const token = attempted(() => readTimestampResponse(bytes))?.token ?? bytes;
  const signed = attempted(() => readSignedData(token));
  const within =
    signed?.signers.flatMap(({ unsignedAttributes }) => [...unsignedAttributes.values()].flat()) ?? [];
  return [
    ...signed?.signers.flatMap(({ signedBytes }) => signedBytes?.toHex() ?? []) ?? [],
    ...signed?.certificates.map(({ tbs }) => tbs.toHex()) ?? [],
    ...within.flatMap(({ whole }) => signedParts(whole)),
    attempted(() => readCertificate(bytes))?.tbs.toHex() ?? "",
    attempted(() => readCrl(bytes))?.tbs.toHex() ?? "",
    attempted(() => readOcspResponse(bytes))?.tbs.toHex() ?? "",
  ];
}

/** Runs all readers, and what comes after them where they succeed. */
class AllReaders {
  readonly #known: readonly Certificate[];
  readonly #signed: ReadonlySet<string>;

  constructor(seeds: readonly Seed[]) {
    this.#known = seeds.flatMap(({ bytes }) => attempted(() => readCertificate(bytes)) ?? []);
    this.#signed = new Set(seeds.flatMap(({ bytes }) => signedParts(bytes)));
  }

  run(input: Bytes): string {
    const read = {
      cms: this.#cms(input),
      token: this.#token(input),
      answer: this.#answer(input),
      request: attempted(() => readTimestampRequest(input)),
      certificate: this.#certificate(input),
      crl: this.#crl(input),
      ocsp: this.#ocsp(input),
    };
    const names = Object.entries(read).flatMap(([name, result]) => result === null ? [] : [name]);
    return names.length > 0 ? names.join() : "unreadable";
  }

  #mustBeSigned(what: string, part: Bytes | null): void {
    if (part === null || !this.#signed.has(part.toHex())) {
      throw new Finding(`${what} counts as signed, and is not`);
    }
  }

  #cms(input: Bytes): unknown {
    const signed = attempted(() => readSignedData(input));
    for (const signer of signed?.signers ?? []) {
      const certificate = certificateOf(signer, [...signed!.certificates, ...this.#known]);
      const digest = signer.signedAttributes.get("1.2.840.113549.1.9.4")?.[0]?.content ?? new Uint8Array();
      const expected = { contentType: signed!.contentType, digestOf: () => digest, certificate };
      const faults = attempted(() => checkSigner(signer, expected));
      const known = this.#known.some((each) => each.der.toHex() === certificate?.der.toHex());
      if (faults?.length === 0 && known) this.#mustBeSigned("a signature", signer.signedBytes);
      for (const { whole } of [...signer.unsignedAttributes.values()].flat()) this.#token(whole);
    }
    return signed;
  }

  #token(input: Bytes): unknown {
    const token = attempted(() => readTimestampToken(input));
    if (token) attempted(() => timeRange(token.info));
    return token;
  }

  #answer(input: Bytes): unknown {
    const answer = attempted(() => readTimestampResponse(input));
    if (answer?.token) this.#token(answer.token);
    return answer;
  }

  #certificate(input: Bytes): unknown {
    const certificate = attempted(() => readCertificate(input));
    if (!certificate) return null;
    attempted(() => algorithmOfKey(certificate.publicKey));
    isTimestampAuthority(certificate);
    for (const issuer of this.#known) {
      if (attempted(() => isIssuedBy(certificate, issuer))) {
        this.#mustBeSigned("a certificate", certificate.tbs);
      }
      attempted(() => isIssuedBy(issuer, certificate));
    }
    attempted(() => chainTo(this.#known.slice(0, 4), certificate, this.#known, GOOD_TIME));
    attempted(() => chainWithin(this.#known, certificate));
    return certificate;
  }

  #crl(input: Bytes): unknown {
    const crl = attempted(() => readCrl(input));
    if (!crl) return null;
    for (const issuer of this.#known) {
      if (attempted(() => isCrlOf(crl, issuer))) this.#mustBeSigned("a list", crl.tbs);
    }
    attempted(() => revokedAt(crl, "01"));
    return crl;
  }

  #ocsp(input: Bytes): unknown {
    const response = attempted(() => readOcspResponse(input));
    if (!response) return null;
    for (const issuer of this.#known) {
      if (attempted(() => responderOf(response, issuer))) this.#mustBeSigned("an answer", response.tbs);
    }
    const [first, issuer] = this.#known;
    if (first && issuer) revocationStatus(first, issuer, { ocsps: [input], crls: [input] });
    return response;
  }
}

/** The target. */
export const derTarget: FuzzTarget = {
  name: "der",
  count: 60_000,
  seeds: derSeeds,
  choose: chooseSmall,
  mutate: (seed, seeds, dice) => damageDer(seed.bytes, dice, dice.pick(seeds).bytes),
  prepare(seeds) {
    const readers = new AllReaders(seeds);
    return Promise.resolve((input) => Promise.resolve(readers.run(input)));
  },
};
