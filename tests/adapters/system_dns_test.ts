import { deepStrictEqual as deepEqual, rejects, strictEqual as equal } from "node:assert/strict";
import { knowsOfNone, nameServerIn } from "../../lib/adapters/dns_rcode.ts";
import { type AskDns, askRuntime, systemDns } from "../../lib/adapters/system_dns.ts";
import { dnsConformance } from "../conformance/dns.ts";
import { PortError } from "../../lib/ports.ts";
import { fakeDns, type Zone } from "../support/fake_dns.ts";
import { loopbackDns } from "../support/loopback_dns.ts";

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

dnsConformance(
  "DNS of the machine",
  (zone) => systemDns({ ask: runtimeOf(zone), confirmNone: () => Promise.resolve(true) }),
);
dnsConformance("DNS of tests", fakeDns);

Deno.test("the runtime's own resolver answers as it is taken to", async () => {
  const key = "k".repeat(300);
  const server = await loopbackDns({
    "TXT pref.example.lg.jp": ["v=spf1 -all", `p=${key}`],
    "MX pref.example.lg.jp": ["10 mx1.pref.example.lg.jp"],
    "A mx1.pref.example.lg.jp": ["203.0.113.7"],
    "TXT broken.example.jp": null,
  });
  const nameServer = { ipAddr: "127.0.0.1", port: server.port };
  const dns = systemDns({
    ask: askRuntime(nameServer),
    confirmNone: (name, type) => knowsOfNone(nameServer, name, type),
  });
  try {
    deepEqual((await dns.lookup("pref.example.lg.jp", "TXT")).toSorted(), [`p=${key}`, "v=spf1 -all"]);
    deepEqual(await dns.lookup("pref.example.lg.jp", "MX"), ["10 mx1.pref.example.lg.jp"]);
    deepEqual(await dns.lookup("mx1.pref.example.lg.jp", "A"), ["203.0.113.7"]);
    deepEqual(await dns.lookup("nobody.example.jp", "TXT"), []);
    deepEqual(await dns.lookup("pref.example.lg.jp", "A"), []);
    // The runtime calls it "not found" as well.
    await rejects(dns.lookup("broken.example.jp", "TXT"), PortError);
  } finally {
    await server.close();
  }
});

Deno.test("the machine's name server is the first that is named", () => {
  deepEqual(nameServerIn("# nameserver 9.9.9.9\nsearch x\nnameserver 10.0.0.53\nnameserver 10.0.0.54\n"), {
    ipAddr: "10.0.0.53",
    port: 53,
  });
  deepEqual(nameServerIn("nameserver fd00::53%eth0"), { ipAddr: "fd00::53", port: 53 });
  equal(nameServerIn("search example.jp\n"), null);
});
