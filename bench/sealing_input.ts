/**
 * What measurements of sealing begin with.
 *
 * @module
 */
import { systemChance } from "../lib/adapters/system_chance.ts";
import { subtleKey } from "../lib/adapters/subtle_key.ts";
import type { Instant } from "../lib/domain/instant.ts";
import { buildCertificate, distinguishedName } from "../lib/pades/x509_builder.ts";
import { ByteWriter } from "../lib/pdf/byte_writer.ts";
import type { Signer } from "../lib/signing_ports.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const VALIDITY: { readonly notBefore: Instant; readonly notAfter: Instant } = {
  notBefore: "2020-01-01T00:00:00.000Z",
  notAfter: "2049-12-31T23:59:59.000Z",
};

/** The keys that are measured. */
export type BenchKey = "RSA-2048" | "RSA-3072" | "P-256";

/** A signer with a fresh key of this kind, under an issuing authority and a root of the same kind. */
export async function benchSigner(kind: BenchKey): Promise<Signer> {
  const [root, issuing, leaf] = [await keyOf(kind), await keyOf(kind), await keyOf(kind)];
  const certify = (use: "authority" | "signing", subject: typeof root, issuer: typeof root) =>
    buildCertificate({
      use,
      subject: subject.name,
      publicKey: subject.publicKey,
      issuer,
      serial: Uint8Array.of(0x40, ...systemChance.bytes(15)),
      ...VALIDITY,
    }, issuer.key);
  const chain = [await certify("authority", issuing, root), await certify("authority", root, root)];
  return { certificate: await certify("signing", leaf, issuing), chain, ...leaf.key };
}

let names = 0;

async function keyOf(kind: BenchKey) {
  const rsa = kind.startsWith("RSA");
  const parameters = rsa
    ? {
      name: "RSASSA-PKCS1-v1_5",
      hash: "SHA-256",
      modulusLength: Number(kind.slice(4)),
      publicExponent: Uint8Array.of(1, 0, 1),
    }
    : { name: "ECDSA", namedCurve: kind };
  const made = await crypto.subtle.generateKey(parameters as EcKeyGenParams, true, ["sign", "verify"]);
  const { privateKey, publicKey } = made as CryptoKeyPair;
  const pkcs8 = new Uint8Array(await crypto.subtle.exportKey("pkcs8", privateKey));
  return {
    name: distinguishedName("見本県 BENCH ONLY", `計測用 ${kind} ${++names}`),
    publicKey: new Uint8Array(await crypto.subtle.exportKey("spki", publicKey)),
    key: await subtleKey(pkcs8, rsa ? "RS256" : "ES256"),
  };
}

/** A PDF of many pages, all kids of one node, as most producers write them: the worst for who needs the first. */
export function manyPages(count: number): Bytes {
  const out = new ByteWriter();
  const offsets: number[] = [];
  const object = (text: string) => {
    offsets.push(out.size);
    out.write(`${offsets.length} 0 obj\n${text}\nendobj\n`);
  };
  out.write("%PDF-1.7\n");
  object("<</Type/Catalog/Pages 2 0 R>>");
  const kids = Array.from({ length: count }, (_, index) => `${3 + index * 2} 0 R`);
  object(`<</Type/Pages/Count ${count}/Kids[${kids.join(" ")}]>>`);
  for (let page = 0; page < count; page++) {
    const content = `BT /F1 12 Tf 72 770 Td (Page ${page + 1}) Tj ET`;
    object(
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents ${4 + page * 2} 0 R` +
        "/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
    );
    object(`<</Length ${content.length}>>\nstream\n${content}\nendstream`);
  }
  const xref = out.size;
  out.write(`xref\n0 ${offsets.length + 1}\n0000000000 65535 f\r\n`);
  for (const offset of offsets) out.write(`${String(offset).padStart(10, "0")} 00000 n\r\n`);
  out.write(`trailer\n<</Size ${offsets.length + 1}/Root 1 0 R>>\nstartxref\n${xref}\n%%EOF\n`);
  return out.bytes();
}
