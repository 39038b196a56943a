/**
 * Everyone who may write to the service, honest or not, with the bytes that they put on the wire.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import type { Zone } from "./fake_dns.ts";
import { type RawMail, rawMail } from "./raw_mail.ts";
import { CONTACT, OFFICER } from "./sample_case.ts";
import { signed, type SigningDomain, signingDomain, zoneOf } from "./signed_mail.ts";

const PREF = signingDomain("pref.example.lg.jp");
const STRANGER = signingDomain("stranger.example.com");
const EVIL = signingDomain("evil.example.net");
const BOT = "keiyaku@bot.example.lg.jp";

/** DNS as it is for all of them. The vendor's domain signs nothing. */
export const WRITERS_ZONE: Zone = {
  ...zoneOf(PREF),
  ...zoneOf(STRANGER),
  ...zoneOf(EVIL),
  "TXT pref.example.lg.jp": ["v=spf1 ip4:203.0.113.7 -all"],
};

/** One who writes. */
export type MailWriter = {
  /** What stands in `From`. */
  readonly from: string;
  /** `MAIL FROM`. */
  readonly envelope: string;
  /** The mailbox that this one reads. */
  readonly reads: string;
  readonly signs?: SigningDomain;
  /** The host that hands it over; some host of no one's otherwise. */
  readonly clientIp?: string;
  /** Further headers. */
  readonly headers?: readonly string[];
  /** Lines that a host on the way puts on top. */
  readonly onTop?: string;
};

const self = (address: string, more: Partial<MailWriter> = {}): MailWriter => ({
  from: address,
  envelope: address,
  reads: address,
  ...more,
});

/** All of them by name. */
export const WRITERS = {
  vendor: self(CONTACT.address),
  officer: self(OFFICER.address, { signs: PREF }),
  "officer, unsigned, from the host of the domain": self(OFFICER.address, { clientIp: "203.0.113.7" }),
  "officer of another department": self("officer-doboku@pref.example.lg.jp", { signs: PREF }),
  approver: self("approver@pref.example.lg.jp", { signs: PREF }),
  stranger: self("a@stranger.example.com", { signs: STRANGER }),
  "spoofed officer, unsigned": { ...self(OFFICER.address), reads: "x@evil.example.net" },
  "spoofed officer, signed by another": {
    from: OFFICER.address,
    envelope: "x@evil.example.net",
    reads: "x@evil.example.net",
    signs: EVIL,
  },
  "officer's name, another address": {
    from: `"契約 太郎 <${OFFICER.address}>" <x@evil.example.net>`,
    envelope: "x@evil.example.net",
    reads: "x@evil.example.net",
    signs: EVIL,
  },
  "forwarder of an officer's mail": {
    from: OFFICER.address,
    envelope: "forward@stranger.example.com",
    reads: "forward@stranger.example.com",
    signs: PREF,
    onTop: "Received: from mx.pref.example.lg.jp by mx.stranger.example.com\r\n" +
      "Delivered-To: forward@stranger.example.com\r\n",
  },
  bounce: self(OFFICER.address, {
    envelope: "",
    signs: PREF,
    headers: ["Auto-Submitted: auto-replied"],
  }),
  "the bot itself": self(BOT),
} as const satisfies Record<string, MailWriter>;

/** The bytes of a mail as they come in. */
export async function writtenBy(
  { from, signs, headers = [], onTop = "" }: MailWriter,
  mail: Omit<RawMail, "from">,
): Promise<Uint8Array<ArrayBuffer>> {
  const raw = rawMail({ ...mail, from, headers });
  const whole = signs ? await signed(raw, signs) : raw;
  return new Uint8Array(Buffer.concat([Buffer.from(onTop), whole]));
}
