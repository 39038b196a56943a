/**
 * Signs a digest, as a signing service does, which WebCrypto cannot: it only signs what it hashes itself. Textbook
 * arithmetic without any care for side channels, for tests only.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { createHash, createPrivateKey, randomBytes } from "node:crypto";
import { ecdsaSigValue } from "../../lib/pades/ecdsa_value.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** In which form a signature is given. */
export type DigestSignature = "rsa" | "pss" | "ecdsa-raw" | "ecdsa-der";

/** The signature of a SHA-256 digest with a private key (PKCS#8, DER). */
export function signDigest(pkcs8: Bytes, digest: Uint8Array, form: DigestSignature): Bytes {
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: "der", type: "pkcs8" });
  const jwk = key.export({ format: "jwk" });
  if (form === "rsa" || form === "pss") {
    const [n, d] = [numberOf(jwk.n), numberOf(jwk.d)];
    const size = Math.ceil(n.toString(16).length / 2);
    const padded = form === "rsa" ? pkcs1Padded(digest, size) : pssPadded(digest, size);
    return bytesOf(power(BigInt(`0x${padded.toHex()}`), d, n), size);
  }
  const curve = jwk.crv === "P-384" ? P384 : P256;
  const raw = ecdsa(curve, numberOf(jwk.d), digest);
  return form === "ecdsa-der" ? ecdsaSigValue(raw) : raw;
}

/** EMSA-PKCS1-v1_5 with the DigestInfo of SHA-256 (RFC 8017 §9.2). */
function pkcs1Padded(digest: Uint8Array, size: number): Uint8Array {
  const info = Uint8Array.fromHex("3031300d060960864801650304020105000420");
  return Uint8Array.of(0, 1, ...Array(size - 54).fill(0xff), 0, ...info, ...digest);
}

/** EMSA-PSS with SHA-256 and a salt of 32 bytes (RFC 8017 §9.1.1). */
function pssPadded(digest: Uint8Array, size: number): Uint8Array {
  const salt = randomBytes(32);
  const hash = sha256(new Uint8Array(8), digest, salt);
  const block = Uint8Array.of(...Array(size - 66).fill(0), 1, ...salt);
  const mask = Array.from(
    { length: Math.ceil(block.length / 32) },
    (_, i) => [...sha256(hash, Uint8Array.of(0, 0, 0, i))],
  ).flat();
  const masked = block.map((byte, i) => byte ^ mask[i]!);
  masked[0]! &= 0x7f;
  return Uint8Array.of(...masked, ...hash, 0xbc);
}

function sha256(...parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}

type Curve = { readonly p: bigint; readonly n: bigint; readonly g: Point; readonly size: number };
type Point = { readonly x: bigint; readonly y: bigint };

/** FIPS 186-4, D.1.2.3. */
const P256: Curve = {
  p: 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn,
  n: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  g: {
    x: 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
    y: 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
  },
  size: 32,
};

/** FIPS 186-4, D.1.2.4. */
const P384: Curve = {
  p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
  n: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
  g: {
    x: 0xaa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7n,
    y: 0x3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5fn,
  },
  size: 48,
};

/** SEC 1 §4.1.3. */
function ecdsa({ p, n, g, size }: Curve, d: bigint, digest: Uint8Array): Bytes {
  const k = BigInt(`0x${randomBytes(size).toHex()}`) % n;
  const r = times(k, g, p)!.x % n;
  const s = (power(k, n - 2n, n) * (BigInt(`0x${digest.toHex()}`) + r * d)) % n;
  return Uint8Array.of(...bytesOf(r, size), ...bytesOf(s, size));
}

function times(k: bigint, point: Point, p: bigint): Point | null {
  let sum: Point | null = null;
  for (
    let doubled: Point | null = point, rest = k;
    rest > 0n;
    rest >>= 1n, doubled = plus(doubled, doubled, p)
  ) {
    if (rest & 1n) sum = plus(sum, doubled, p);
  }
  return sum;
}

function plus(a: Point | null, b: Point | null, p: bigint): Point | null {
  if (!a || !b) return a ?? b;
  if (a.x === b.x && (a.y + b.y) % p === 0n) return null;
  const slope = a.x === b.x
    ? (3n * a.x * a.x - 3n) * power(2n * a.y, p - 2n, p)
    : (b.y - a.y) * power(modulo(b.x - a.x, p), p - 2n, p);
  const x = modulo(slope * slope - a.x - b.x, p);
  return { x, y: modulo(slope * (a.x - x) - a.y, p) };
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (let factor = base % modulus, rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = result * factor % modulus;
    factor = factor * factor % modulus;
  }
  return result;
}

function modulo(value: bigint, modulus: bigint): bigint {
  return ((value % modulus) + modulus) % modulus;
}

function numberOf(base64url: string | undefined): bigint {
  return BigInt(`0x${Buffer.from(base64url ?? "", "base64url").toString("hex")}`);
}

function bytesOf(value: bigint, size: number): Bytes {
  return Uint8Array.fromHex(value.toString(16).padStart(2 * size, "0"));
}
