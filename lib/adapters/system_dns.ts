/**
 * Asks the domain name system as the machine is set up to.
 *
 * @module
 */
import { type Dns, type DnsType, PortError } from "../ports.ts";
import { knowsOfNone, type NameServer, nameServerIn } from "./dns_rcode.ts";

/** How long one question may take, in milliseconds. */
const PATIENCE_MS = 5_000;

/** Longest name and label in a question (RFC 1035 §2.3.4). */
const MAX_NAME = 253;
const MAX_LABEL = 63;

/** Asks a resolver for the records of a name, as `Deno.resolveDns` does. */
export type AskDns = (name: string, type: DnsType, signal: AbortSignal) => Promise<readonly unknown[]>;

/** Whether "no records" is what the name server says, or only that it could not find out. */
export type ConfirmNone = (name: string, type: DnsType) => Promise<boolean>;

/** How questions are asked. */
export type DnsOptions = { readonly ask?: AskDns; readonly confirmNone?: ConfirmNone };

/** Asks a certain name server, or the machine's. */
export const askRuntime = (nameServer?: NameServer): AskDns => (name, type, signal) =>
  Deno.resolveDns(name, type as "TXT", { signal, ...nameServer && { nameServer } }) as Promise<
    readonly unknown[]
  >;

/** Asks the machine's name server; where the machine names none, nothing is found out. */
const confirmByMachine: ConfirmNone = async (name, type) => {
  const server = nameServerIn(await Deno.readTextFile("/etc/resolv.conf").catch(() => ""));
  return server === null || await knowsOfNone(server, name, type);
};

/** What can stand in a question: printed ASCII in labels that are short enough. */
function isAskable(name: string): boolean {
  return /^[!-~]+$/.test(name) && name.length <= MAX_NAME &&
    name.replace(/\.$/, "").split(".").every((label) => label.length > 0 && label.length <= MAX_LABEL);
}

/** The resolver of the machine. A name that can't exist has no records and is not asked for. */
export function systemDns({ ask = askRuntime(), confirmNone = confirmByMachine }: DnsOptions = {}): Dns {
  return {
    async lookup(name, type) {
      if (!isAskable(name)) return [];
      try {
        // The dot at the end keeps the machine's search domains out of it.
        const records = await ask(`${name.replace(/\.$/, "")}.`, type, AbortSignal.timeout(PATIENCE_MS));
        return records.map(asText);
      } catch (cause) {
        if (cause instanceof Deno.errors.NotFound && await confirmNone(name, type)) return [];
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
