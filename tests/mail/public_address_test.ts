import { strictEqual as equal } from "node:assert/strict";
import { isPublicAddress } from "../../lib/mail/public_address.ts";

const PUBLIC = [
  "1.1.1.1",
  "9.255.255.255",
  "11.0.0.0",
  "100.63.255.255",
  "172.15.255.255",
  "172.32.0.0",
  "223.255.255.255",
  "2606:4700::1111",
  "2001:4860:4860::8888",
  "2a00:1450:4001:82a::200e",
  "::ffff:8.8.8.8",
];

const OWN = [
  "0.0.0.0",
  "10.1.2.3",
  "100.64.0.1",
  "127.0.0.1",
  "127.255.255.254",
  "169.254.169.254",
  "172.16.0.1",
  "172.31.255.255",
  "192.168.1.1",
  "198.18.0.1",
  "203.0.113.5",
  "224.0.0.1",
  "255.255.255.255",
  "::1",
  "::",
  "fe80::1",
  "fd00::1",
  "ff02::1",
  "::ffff:127.0.0.1",
  "::ffff:7f00:1",
  "64:ff9b::7f00:1",
  "2001::1",
  "2001:db8::1",
  "2001:0db8::1",
  "2002:7f00:1::",
  "localhost",
  "",
  "256.1.1.1",
  "1.1.1",
];

Deno.test("public addresses", () => {
  for (const address of PUBLIC) equal(isPublicAddress(address), true, address);
});

Deno.test("addresses of one's own machines and networks, and what is none", () => {
  for (const address of OWN) equal(isPublicAddress(address), false, address);
});
