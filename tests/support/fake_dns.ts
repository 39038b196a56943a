/**
 * A domain name system in one literal.
 *
 * @module
 */
import { type Dns, type DnsType, PortError } from "../../lib/ports.ts";

/** Records by type and name, such as `TXT _dmarc.example.jp`; `null` for a name that nobody answers for. */
export type Zone = Readonly<Record<string, readonly string[] | null>>;

/** Answers from a zone, and notes what was asked. */
export function fakeDns(zone: Zone, asked: string[] = []): Dns {
  return {
    lookup(name: string, type: DnsType) {
      const question = `${type} ${name.toLowerCase()}`;
      asked.push(question);
      const records = question in zone ? zone[question] : [];
      if (records) return Promise.resolve(records);
      return Promise.reject(new PortError("unavailable", "Cannot ask DNS: no answer", { retryable: true }));
    },
  };
}
