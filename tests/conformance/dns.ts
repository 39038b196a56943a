/**
 * What every `Dns` keeps to.
 *
 * @module
 */
import { deepStrictEqual as deepEqual, rejects } from "node:assert/strict";
import { type Dns, PortError } from "../../lib/ports.ts";
import type { Zone } from "../support/fake_dns.ts";

const ZONE: Zone = {
  "TXT pref.example.lg.jp": ["v=spf1 -all", "other"],
  "MX pref.example.lg.jp": ["10 mx1.pref.example.lg.jp", "20 mx2.pref.example.lg.jp"],
  "A mx1.pref.example.lg.jp": ["203.0.113.7"],
  "A silent.example.jp": null,
};

/** Registers the suite for one kind of DNS; `open` makes one that knows a zone and nothing else. */
export function dnsConformance(kind: string, open: (zone: Zone) => Dns): void {
  Deno.test(`${kind}: records are texts`, async () => {
    const dns = open(ZONE);
    deepEqual(await dns.lookup("pref.example.lg.jp", "TXT"), ["v=spf1 -all", "other"]);
    deepEqual(await dns.lookup("pref.example.lg.jp", "MX"), ZONE["MX pref.example.lg.jp"]);
    deepEqual(await dns.lookup("mx1.pref.example.lg.jp", "A"), ["203.0.113.7"]);
  });

  Deno.test(`${kind}: what is not there, or can't be, is empty`, async () => {
    const dns = open(ZONE);
    for (const name of ["nobody.example.jp", "a b.example.jp", "", `${"a.".repeat(200)}jp`]) {
      deepEqual(await dns.lookup(name, "TXT"), [], name);
    }
  });

  Deno.test(`${kind}: silence is an error that may pass`, async () => {
    await rejects(
      open(ZONE).lookup("silent.example.jp", "A"),
      (error: unknown) => error instanceof PortError && error.retryable,
    );
  });
}
