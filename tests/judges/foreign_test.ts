/**
 * Our verifier and pyHanko on files of others (`tests/fixtures/foreign`): where they differ, ours is the stricter.
 *
 * @module
 */
import { deepStrictEqual as deepEqual, ok } from "node:assert/strict";
import { verifyPdf } from "../../lib/pades/verify.ts";
import { fromPem } from "../../lib/pades/x509_pem.ts";
import { memorySource } from "../../lib/pdf/byte_source.ts";
import { HOME, run } from "./judges.ts";

const FOLDER = new URL("../fixtures/foreign/", import.meta.url);
const AT = "2026-12-01T00:00:00.000Z";

/** Where ours refuses what pyHanko takes, and why. */
const STRICTER: Readonly<Record<string, string>> = {
  "ec521-sha256.pdf": "the platform's ECDSA takes no digest shorter than half of the curve",
  "no-attributes.pdf": "a signature over the content itself, without signed attributes, is not checked here",
};

Deno.test("R39 files that others signed are judged as pyHanko does, or stricter for a listed reason", async () => {
  const root = new URL("root.pem", FOLDER);
  const trustRoots = fromPem("CERTIFICATE", await Deno.readTextFile(root));
  const names = Array.from(Deno.readDirSync(FOLDER), ({ name }) => name).filter((name) =>
    name.endsWith(".pdf")
  );
  ok(names.length > 30);
  const differing: string[] = [];
  for (const name of names.sort()) {
    const path = new URL(name, FOLDER).pathname;
    const { verdict } = await verifyPdf(memorySource(await Deno.readFile(path)), { trustRoots, at: AT });
    const judge = [`${HOME}/validate_pyhanko.py`, path, "--trust", root.pathname, "--at", AT];
    const { code } = await run(`${HOME}/.venv/bin/python`, ...judge);
    ok(verdict !== "valid" || code === 0, `${name}: valid here, refused by pyHanko`);
    if (verdict !== "valid" && code === 0) differing.push(name);
  }
  deepEqual(differing, Object.keys(STRICTER).sort());
});
