/**
 * Tokens by way of `pkcs11-tool`, with a script in its place; `tests/judges/pkcs11_test.ts` asks a real one.
 *
 * @module
 */
import { deepStrictEqual as deepEqual, ok, rejects, strictEqual as equal } from "node:assert/strict";
import { createHash } from "node:crypto";
import { openP12 } from "../../lib/adapters/p12_file.ts";
import { pkcs11Signer, type Pkcs11SignerOptions } from "../../lib/adapters/pkcs11_signer.ts";
import { pkcs11Tool } from "../../lib/adapters/pkcs11_tool.ts";
import { PortError } from "../../lib/ports.ts";
import { type FakeTool, ONE_KEY, type ToolScript, withFakeTool } from "../support/fake_pkcs11_tool.ts";
import { certificate, vector } from "../support/pki_vectors.ts";
import { signDigest } from "../support/sign_digest.ts";

const PIN = "43218765";
const PLACE = "--module /lib/m.so --token-label warifu --login --pin env:WARIFU_PKCS11_PIN";

function toolOf({ command }: FakeTool, timeoutMs?: number) {
  const key = { token: "warifu", modulePath: "/lib/m.so", variables: ["WARIFU_TEST_CONF"] };
  return pkcs11Tool({ key, pin: PIN, command, ...timeoutMs !== undefined && { timeoutMs } });
}

function open(tool: FakeTool, options: Partial<Pkcs11SignerOptions> = {}) {
  const key = { object: "sealing", id: null, algorithm: null };
  return pkcs11Signer({ key, certificates: [], tool: toolOf(tool), ...options });
}

const signed = (text: string, name = "ec256") =>
  signDigest(
    openP12(vector(`${name}.p12`), "test").pkcs8,
    createHash("sha256").update(text).digest(),
    "ecdsa-raw",
  );

/** What stands beside the script: the certificate, and signatures of the proof and of what the tests sign. */
const files = {
  cert: certificate("ec256").der,
  proof: signed("warifu"),
  right: signed("to be signed"),
  wrong: signed("something else"),
  other: signed("warifu", "ec384"),
};
const data = new TextEncoder().encode("to be signed");
const digest = createHash("sha256").update(data).digest("hex");

/** Gives the proof first, then what the test wants. */
const then = (more: string): ToolScript => ({
  sign:
    `cat > "$HERE/input"; if [ -f "$HERE/proved" ]; then ${more}; else touch "$HERE/proved"; cat "$HERE/proof"; fi`,
});

async function faultOf(work: Promise<unknown>): Promise<unknown> {
  const error = await work.then(() => null, (error: unknown) => error);
  ok(error instanceof PortError, String(error));
  ok(!Deno.inspect(error, { depth: 10 }).includes(PIN));
  return { code: error.code, retryable: error.retryable };
}

const NEVER = { code: "misconfigured", retryable: false };

Deno.test("a key is found by its label, proved, and signs what it is given", () =>
  withFakeTool(then(`cat "$HERE/right"`), files, async (tool) => {
    const signer = await open(tool, { certificates: [certificate("root").der, certificate("int").der] });
    deepEqual(signer.certificate, certificate("ec256").der);
    deepEqual(signer.chain, [certificate("int").der, certificate("root").der]);
    equal(signer.algorithm, "ES256");
    equal((await signer.sign(data))[0], 0x30);
    equal((await Deno.readFile(`${tool.folder}/input`)).toHex(), digest);
    deepEqual(await tool.calls(), [
      `${PLACE} --list-objects --type privkey`,
      `${PLACE} --list-objects --type cert --id 01ab`,
      `${PLACE} --read-object --type cert --id 01ab`,
      `${PLACE} --sign --id 01ab --mechanism ECDSA`,
      `${PLACE} --sign --id 01ab --mechanism ECDSA`,
    ]);
  }));

Deno.test("the tool sees the PIN and the variables that are named, and no other", async () => {
  Deno.env.set("WARIFU_TEST_CONF", "/etc/token.conf");
  Deno.env.set("WARIFU_TEST_SECRET", "not for libraries");
  try {
    await withFakeTool(then("false"), files, async (tool) => {
      await open(tool);
      const seen = await tool.variables();
      ok(seen.includes(`WARIFU_PKCS11_PIN=${PIN}`));
      ok(seen.includes("WARIFU_TEST_CONF=/etc/token.conf"));
      ok(!seen.includes("WARIFU_TEST_SECRET"));
    });
  } finally {
    Deno.env.delete("WARIFU_TEST_CONF");
    Deno.env.delete("WARIFU_TEST_SECRET");
  }
});

Deno.test("a certificate that the token does not hold is the one given", () => {
  const { cert: _, ...without } = files;
  return withFakeTool({ sign: `cat "$HERE/proof"` }, without, async (tool) => {
    const certificates = [certificate("int").der, certificate("ec256").der];
    deepEqual((await open(tool, { certificates })).certificate, certificate("ec256").der);
    deepEqual(await faultOf(open(tool, { certificates: [certificate("int").der] })), NEVER);
    const two = [...certificates, certificate("rsa3072").der];
    deepEqual(await faultOf(open(tool, { certificates: two })), NEVER);
  });
});

Deno.test("a key that is not there, not alone or not the certificate's is told at the start", async () => {
  const key = (object: string | null, id: string | null) => ({ key: { object, id, algorithm: null } });
  await withFakeTool({ sign: `cat "$HERE/proof"` }, files, async (tool) => {
    deepEqual(await faultOf(open(tool, key("seal", null))), NEVER);
    deepEqual(await faultOf(open(tool, key("sealing", "02"))), NEVER);
    ok(await open(tool, key(null, "01ab")));
    deepEqual(await faultOf(open(tool, { key: { object: "sealing", id: null, algorithm: "RS256" } })), NEVER);
  });
  const several = ONE_KEY + ONE_KEY.replace("01ab", "02");
  await withFakeTool({ sign: `cat "$HERE/proof"` }, { ...files, keys: several }, async (tool) => {
    deepEqual(await faultOf(open(tool)), NEVER);
    ok(await open(tool, key("sealing", "01ab")));
  });
  for (
    const keys of ["", "Public Key Object; EC\n  label:      sealing\n  ID:         01\n", "garbage\0\xff"]
  ) {
    await withFakeTool({}, { ...files, keys }, async (tool) => deepEqual(await faultOf(open(tool)), NEVER));
  }
  for (const sign of [`cat "$HERE/wrong"`, `cat "$HERE/other"`, "true"]) {
    await withFakeTool({ sign }, files, async (tool) => deepEqual(await faultOf(open(tool)), NEVER, sign));
  }
  await withFakeTool({}, { ...files, cert: "no certificate" }, async (tool) => {
    deepEqual(await faultOf(open(tool)), NEVER);
  });
});

Deno.test("a wrong signature, a crash or a token pulled out may pass; none is handed on", async () => {
  const faults: readonly (readonly [string, unknown])[] = [
    [`cat "$HERE/wrong"`, { code: "corrupt", retryable: true }],
    ["head -c 400000 /dev/zero", { code: "corrupt", retryable: true }],
    ["true", { code: "corrupt", retryable: true }],
    ["exit 3", { code: "unavailable", retryable: true }],
    ["kill -SEGV $$", { code: "unavailable", retryable: true }],
    [`cat "$HERE/right"; echo "rv = CKR_DEVICE_REMOVED (0x32)" >&2; exit 1`, {
      code: "unavailable",
      retryable: true,
    }],
  ];
  for (const [more, fault] of faults) {
    await withFakeTool(then(more), files, async (tool) => {
      deepEqual(await faultOf((await open(tool)).sign(data)), fault, more);
    });
  }
});

Deno.test("a tool that hangs is ended, and so is one that is called off, whatever it has started", () =>
  withFakeTool(then("sleep 10 & exec sleep 600"), files, async (tool) => {
    let patience = 15_000;
    const ask: Pkcs11SignerOptions["tool"] = (...question) => toolOf(tool, patience)(...question);
    const signer = await open(tool, { tool: ask });
    const before = performance.now();
    patience = 50;
    deepEqual(await faultOf(signer.sign(data)), { code: "timeout", retryable: true });
    patience = 15_000;
    const end = new AbortController();
    const work = rejects(signer.sign(data, end.signal), { name: "AbortError" });
    setTimeout(() => end.abort(), 50);
    await work;
    ok(performance.now() - before < 8000);
  }));

Deno.test("a refused PIN is tried once and never again, however many wait", () => {
  const refuse = `echo "error: PKCS11 function C_Login failed: rv = CKR_PIN_INCORRECT (0xa0)" >&2; exit 1`;
  return withFakeTool(then(refuse), files, async (tool) => {
    const signer = await open(tool);
    const before = (await tool.calls()).length;
    const found = await Promise.all(Array.from({ length: 4 }, () => faultOf(signer.sign(data))));
    deepEqual(found, Array(4).fill({ code: "misconfigured", retryable: false }));
    equal((await tool.calls()).length, before + 1);
  });
});

Deno.test("a tool that is not there, or is no program, is told in plain words", () =>
  withFakeTool({}, files, async (tool) => {
    const missing = open({ ...tool, command: `${tool.folder}/none` });
    await rejects(missing, { ...NEVER, message: /pkcs11-tool is not installed/ });
    const none = open({ ...tool, command: `${tool.folder}/keys` });
    await rejects(none, { name: "PortError", message: /pkcs11-tool cannot be run/ });
  }));
