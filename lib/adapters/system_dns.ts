/**
 * Asks the domain name system as the machine is set up to.
 *
 * @module
 */
import { type Dns, type DnsType, PortError } from "../ports.ts";

/** How long one question may take, in milliseconds. */
const PATIENCE_MS = 5_000;

/** What can stand in a question: printed ASCII, short enough for DNS (RFC 1035 §2.3.4). */
const ASKABLE = /^[!-~]{1,253}$/;

/** Asks a resolver for the records of a name, as `Deno.resolveDns` does. */
export type AskDns = (name: string, type: DnsType, signal: AbortSignal) => Promise<readonly unknown[]>;

const askSystem: AskDns = (name, type, signal) =>
  Deno.resolveDns(name, type as "TXT", { signal }) as Promise<readonly unknown[]>;

/** The resolver of the machine. A name that can't exist has no records and is not asked for. */
export function systemDns(ask: AskDns = askSystem): Dns {
  return {
    async lookup(name, type) {
      if (!ASKABLE.test(name)) return [];
      try {
        // The dot at the end keeps the machine's search domains out of it.
        const records = await ask(`${name.replace(/\.$/, "")}.`, type, AbortSignal.timeout(PATIENCE_MS));
        return records.map(asText);
      } catch (cause) {
        if (cause instanceof Deno.errors.NotFound) return [];
        throw new PortError("unavailable", "Cannot ask DNS: no answer", { retryable: true, cause });
      }
    },
  };
}

/** One record as text: names without the dot at their end. */
function asText(record: unknown): string {
  if (Array.isArray(record)) return record.join("");
  if (typeof record === "string") return record.replace(/\.$/, "");
  const { preference, exchange } = record as Deno.MxRecord;
  return `${preference} ${exchange.replace(/\.$/, "")}`;
}
