/**
 * Finding out who vouches for mails: many small ones at once, and one of 50 MB, with RSA-2048 signatures and DNS that
 * answers at once. What counts besides the rate is that the process goes on with everything else meanwhile.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { generateKeyPairSync } from "node:crypto";
import { dkimSign } from "mailauth";
import { openFileBlobs } from "../lib/adapters/file_blobs.ts";
import { systemClock } from "../lib/adapters/system_clock.ts";
import { processMailAuthenticator } from "../lib/adapters/process_mail_authenticator.ts";
import type { MailAuthenticator } from "../lib/mail/authenticator.ts";
import type { Blobs, Dns, Sha256 } from "../lib/ports.ts";
import type { Figure } from "./measure.ts";

/** Limits of this part; the rate is what durable intake is asked to take. */
const LIMITS = { perSecond: 200, largeMs: 20_000, blockMs: 25 } as const;

const SMALL = { mails: 1_000, bytes: 5_000, atOnce: 8 };
const LARGE_BYTES = 50_000_000;

const DOMAIN = "pref.example.lg.jp";
const HANDOVER = { sender: `officer@${DOMAIN}`, clientIp: null, helo: null };

const KEYS = generateKeyPairSync("rsa", { modulusLength: 2048 });
const RECORDS: Readonly<Record<string, string>> = {
  [`s1._domainkey.${DOMAIN}`]: `v=DKIM1; k=rsa; p=${
    KEYS.publicKey.export({ type: "spki", format: "der" }).toString("base64")
  }`,
  [`_dmarc.${DOMAIN}`]: "v=DMARC1; p=reject",
};
const DNS: Dns = {
  lookup: (name) => Promise.resolve(RECORDS[name] === undefined ? [] : [RECORDS[name]]),
};

/** A signed mail of about so many bytes, in lines as base64 makes them. */
async function signedMail(bytes: number, number: number): Promise<Uint8Array> {
  const head = `From: officer@${DOMAIN}\r\nTo: keiyaku@bot.example.lg.jp\r\nSubject: mail ${number}\r\n` +
    "Date: Tue, 24 Nov 2026 10:00:00 +0900\r\nMIME-Version: 1.0\r\nContent-Type: application/pdf\r\n" +
    "Content-Transfer-Encoding: base64\r\n\r\n";
  const raw = Buffer.from(head + `${"QUJD".repeat(19)}\r\n`.repeat(Math.ceil(bytes / 78)));
  const privateKey = KEYS.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const key = { signingDomain: DOMAIN, selector: "s1", privateKey };
  const { signatures } = await dkimSign(raw, { ...key, signatureData: [key] });
  return Buffer.concat([Buffer.from(signatures), raw]);
}

/** The time that some work takes, and the longest time for which nothing else could run meanwhile, in ms. */
async function watched(work: () => Promise<void>): Promise<{ ms: number; block: number }> {
  let block = 0;
  let last = performance.now();
  const tick = setInterval(() => {
    const now = performance.now();
    block = Math.max(block, now - last - 2);
    last = now;
  }, 2);
  const start = performance.now();
  await work();
  clearInterval(tick);
  return { ms: performance.now() - start, block };
}

async function check(authenticator: MailAuthenticator, raw: Sha256): Promise<void> {
  const { aligned } = await authenticator.authenticate(raw, HANDOVER);
  if (!aligned) throw new Error("Cannot measure: the mail is not vouched for");
}

async function manySmall(blobs: Blobs, authenticator: MailAuthenticator): Promise<Figure[]> {
  const raws: Sha256[] = [];
  for (let n = 0; n < 50; n++) raws.push((await blobs.put(await signedMail(SMALL.bytes, n))).sha256);
  await check(authenticator, raws[0]!);
  let next = 0;
  const { ms, block } = await watched(async () => {
    await Promise.all(Array.from({ length: SMALL.atOnce }, async () => {
      while (next < SMALL.mails) await check(authenticator, raws[next++ % raws.length]!);
    }));
  });
  const perSecond = SMALL.mails / ms * 1000;
  return [{
    what: "mails of 5 KB authenticated (DKIM, DMARC), a second",
    figure: `${perSecond.toFixed(0)}/s`,
    limit: `≥ ${LIMITS.perSecond}/s`,
    holds: perSecond >= LIMITS.perSecond,
  }, blocked("meanwhile, the longest block of the process", block)];
}

async function oneLarge(blobs: Blobs, authenticator: MailAuthenticator): Promise<Figure[]> {
  const { sha256 } = await blobs.put(await signedMail(LARGE_BYTES, 0));
  const { ms, block } = await watched(() => check(authenticator, sha256));
  return [{
    what: "one mail of 50 MB authenticated",
    figure: `${(ms / 1000).toFixed(2)} s`,
    limit: `≤ ${LIMITS.largeMs / 1000} s`,
    holds: ms <= LIMITS.largeMs,
  }, blocked("meanwhile, the longest block of the process", block)];
}

function blocked(what: string, ms: number): Figure {
  return {
    what,
    figure: `${ms.toFixed(1)} ms`,
    limit: `≤ ${LIMITS.blockMs} ms`,
    holds: ms <= LIMITS.blockMs,
  };
}

/** Both, over blobs on disk. */
export async function mailAuth(): Promise<readonly Figure[]> {
  const folder = await Deno.makeTempDir({ prefix: "warifu-bench-" });
  const blobs = await openFileBlobs(folder, systemClock());
  const authenticator = processMailAuthenticator(blobs, { dns: DNS, relays: null, forwarders: [] });
  try {
    return [...await manySmall(blobs, authenticator), ...await oneLarge(blobs, authenticator)];
  } finally {
    await authenticator.close();
    await Deno.remove(folder, { recursive: true });
  }
}
