import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { dkimKey, type DkimSettings } from "../../lib/adapters/dkim_key.ts";

const RSA = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
const GOOD = RSA.export({ type: "pkcs1", format: "pem" });

async function withFile<T>(content: string | Uint8Array, work: (file: string) => Promise<T>): Promise<T> {
  const file = await Deno.makeTempFile();
  try {
    await Deno.writeFile(file, typeof content === "string" ? new TextEncoder().encode(content) : content);
    return await work(file);
  } finally {
    await Deno.remove(file);
  }
}

const keyOf = (settings: Partial<DkimSettings>) =>
  dkimKey({ keyFile: null, selector: "warifu", address: "keiyaku@bot.example.lg.jp", ...settings });

async function faultyNames(settings: Partial<DkimSettings>): Promise<string[]> {
  const key = await keyOf(settings);
  return key && "faults" in key ? key.faults.map(({ path }) => path) : [];
}

Deno.test("without settings there is no key; with both it signs for the bot's domain", async () => {
  equal(await keyOf({ selector: null }), null);
  await withFile(GOOD, async (keyFile) => {
    deepEqual(await keyOf({ keyFile }), {
      domain: "bot.example.lg.jp",
      selector: "warifu",
      privateKey: GOOD,
    });
  });
});

Deno.test("one of the two settings is a fault, and so is a bad selector", async () => {
  deepEqual(await faultyNames({}), ["DKIM_KEY_FILE"]);
  await withFile(GOOD, async (keyFile) => {
    deepEqual(await faultyNames({ keyFile, selector: null }), ["DKIM_SELECTOR"]);
    deepEqual(await faultyNames({ keyFile, selector: "a b" }), ["DKIM_SELECTOR"]);
  });
});

Deno.test("a file that holds no RSA key that receivers take is a fault, without its content", async () => {
  const ec = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
  const locked = RSA.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "x" });
  const weak = generateKeyPairSync("rsa", { modulusLength: 512 }).privateKey;
  const bad = [
    "nonsense",
    new Uint8Array([0xff, 0xfe, 0]),
    locked,
    ec.export({ type: "pkcs8", format: "pem" }),
    weak.export({ type: "pkcs8", format: "pem" }),
  ];
  for (const content of bad) {
    await withFile(content, async (keyFile) => deepEqual(await faultyNames({ keyFile }), ["DKIM_KEY_FILE"]));
  }
  deepEqual(await faultyNames({ keyFile: "/nowhere/dkim.pem" }), ["DKIM_KEY_FILE"]);
  const told = await withFile("secret", (keyFile) => keyOf({ keyFile }));
  ok(!JSON.stringify(told).includes("secret"));
});
