/**
 * Looks whether a recipient's domain takes mail at all before a relay is bothered: a mistyped domain is told at once
 * instead of after two days of tries (RFC 5321 §5.1, RFC 7505).
 *
 * @module
 */
import { domainToASCII } from "node:url";
import { epochMs } from "../domain/instant.ts";
import { domainOf } from "../domain/mail_address.ts";
import { type Clock, type Dns, type Mailer, type OutgoingMail, PortError } from "../ports.ts";

/** What DNS says of a domain. `unknown`: it does not answer. */
type Answer = "takes_mail" | "null_mx" | "no_such_domain" | "unknown";

/** How long an answer counts, in ms. */
const COUNTS_MS = 10 * 60_000;

/** Answers that are remembered. */
const MOST = 10_000;

/** What the relay would hear, in words that are understood further on (RFC 3463, RFC 7505 §4.2). */
const SAID = { null_mx: "550 5.1.10 null MX", no_such_domain: "550 5.1.2 domain not found" } as const;

/** A mailer that refuses letters to domains that take no mail; while DNS does not answer, all letters go. */
export function checkedDomains(
  mailer: Mailer,
  { dns, clock }: { readonly dns: Dns; readonly clock: Clock },
): Mailer {
  const known = new Map<string, { readonly answer: Answer; readonly atMs: number }>();

  async function askCached(domain: string): Promise<Answer> {
    const atMs = epochMs(clock.now());
    const before = known.get(domain);
    if (before && Math.abs(atMs - before.atMs) < COUNTS_MS) return before.answer;
    const answer = await askDns(dns, domain);
    if (known.size >= MOST) known.clear();
    if (answer !== "unknown") known.set(domain, { answer, atMs });
    return answer;
  }

  return {
    async send(mail: OutgoingMail) {
      const answer = await askCached(domainOf(mail.to));
      // A resolver that denies our own domain as well knows nothing of the world.
      const told = answer === "null_mx" ||
        (answer === "no_such_domain" && await askCached(domainOf(mail.from.address)) === "takes_mail");
      if (told) {
        throw new PortError("refused", "Cannot hand the mail over: the recipient's domain takes no mail", {
          retryable: false,
          undone: true,
          cause: new Error(SAID[answer]),
        });
      }
      await mailer.send(mail);
    },
    ready: () => mailer.ready(),
    close: () => mailer.close(),
  };
}

async function askDns(dns: Dns, domain: string): Promise<Answer> {
  if (domain.startsWith("[")) return "takes_mail"; // An address literal (RFC 5321 §4.1.3) needs no DNS.
  const name = domainToASCII(domain);
  if (name === "") return "unknown";
  try {
    const hosts = await dns.lookup(name, "MX");
    if (hosts.length > 0) return hosts.every(isNull) ? "null_mx" : "takes_mail";
    for (const type of ["A", "AAAA"] as const) {
      if ((await dns.lookup(name, type)).length > 0) return "takes_mail";
    }
    return "no_such_domain";
  } catch (error) {
    if (error instanceof PortError) return "unknown";
    throw error;
  }
}

/** `0 .`, of which nothing but the preference is left when the dot goes. */
const isNull = (host: string): boolean => /^\d+\s*\.?$/.test(host);
