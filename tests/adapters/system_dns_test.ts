import { type AskDns, systemDns } from "../../lib/adapters/system_dns.ts";
import { dnsConformance } from "../conformance/dns.ts";
import { fakeDns, type Zone } from "../support/fake_dns.ts";

/** Answers as the runtime does: names end with a dot, TXT comes in pieces, what is not there is an error. */
function runtimeOf(zone: Zone): AskDns {
  return (asked, type) => {
    if (!asked.endsWith(".")) return Promise.reject(new Error("a name that search domains are added to"));
    const key = `${type} ${asked.slice(0, -1)}`;
    const records = key in zone ? zone[key] : [];
    if (!records) return Promise.reject(new Error("no answer"));
    if (records.length === 0) return Promise.reject(new Deno.errors.NotFound("no records found"));
    if (type === "TXT") return Promise.resolve(records.map((text) => [text.slice(0, 3), text.slice(3)]));
    if (type !== "MX") return Promise.resolve(records);
    return Promise.resolve(records.map((text) => {
      const [preference, exchange] = text.split(" ");
      return { preference: Number(preference), exchange: `${exchange}.` };
    }));
  };
}

dnsConformance("DNS of the machine", (zone) => systemDns(runtimeOf(zone)));
dnsConformance("DNS of tests", fakeDns);
