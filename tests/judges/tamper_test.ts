/**
 * Our verifier and pyHanko on every way of tampering that is known here, in one table (`demo/tamper.md`). Nothing
 * that pyHanko refuses may be valid here; where ours is the stricter one, the reason is listed.
 *
 * @module
 */
import { deepStrictEqual as deepEqual, ok } from "node:assert/strict";
import { verifyPdf } from "../../lib/pades/verify.ts";
import { toPem } from "../../lib/pades/x509_pem.ts";
import { memorySource } from "../../lib/pdf/byte_source.ts";
import { AFTER, devRoots } from "../support/sealed_pdf.ts";
import { HOME, run } from "./judges.ts";
import { type Bytes } from "../support/tamper_marks.ts";
import { tamperedFiles } from "../support/tampered_files.ts";

const FORM =
  "pyHanko passes over signatures of a form that it does not know; here what is left out is a change";
const BEYOND = "pyHanko does not mind what follows the last end mark; nobody signed it";

/** Where ours refuses what pyHanko takes, and why. */
const STRICTER: Readonly<Record<string, string>> = {
  "padding of the last slot": "no signature protects the slot's padding; here it must be zeros all the same",
  "/SubFilter of the document timestamp": FORM,
  "forgery: no /SubFilter of the last signature": FORM,
  "bytes after the end": BEYOND,
  "a notice of a gateway after the end": BEYOND,
  "an object that nothing needs": "it may be brought to light later, as shadow attacks do",
  "the value of the document timestamp taken out":
    "pyHanko then sees no timestamp, and nothing that was changed",
  "shadow: replace: the look of a field": "pyHanko takes it for filling in; nobody signed what is now shown",
};

type Row = {
  readonly name: string;
  readonly ours: string;
  readonly theirs: string;
  readonly agrees: boolean;
};

async function pyhanko(path: string, root: string): Promise<{ code: number; why: string }> {
  const { text, code } = await run(
    `${HOME}/.venv/bin/python`,
    ...[`${HOME}/validate_pyhanko.py`, path, "--trust", root, "--json", "--at", AFTER],
  );
  // It reads with the same library that it judges with: some files end it.
  if (!text.startsWith("{")) {
    return { code: 2, why: `it ends with ${text.trim().split("\n").at(-1)}`.slice(0, 90) };
  }
  const { problems, signatures, doc_timestamps } = JSON.parse(text) as Record<string, readonly unknown[]>;
  type Seal = { readonly ok: boolean; readonly why?: readonly string[]; readonly error?: string };
  const bad = [...signatures ?? [], ...doc_timestamps ?? []].filter((each) => !(each as Seal).ok) as Seal[];
  const whys = [...problems ?? [], ...bad.flatMap(({ why, error }) => why ?? error ?? "document timestamp")];
  return { code, why: String(whys[0] ?? "").split("\n")[0]!.slice(0, 90).replaceAll("|", "/") };
}

async function judge(name: string, bytes: Bytes, folder: string, roots: readonly Bytes[]): Promise<Row> {
  const report = await verifyPdf(memorySource(bytes), { trustRoots: roots, at: AFTER });
  const path = await Deno.makeTempFile({ dir: folder, suffix: ".pdf" });
  await Deno.writeFile(path, bytes);
  const { code, why } = await pyhanko(path, `${folder}/root.pem`);
  const theirs = code === 0 ? "good" : `${code === 2 ? "unreadable" : "bad"}${why && `: ${why}`}`;
  return { name, ours: report.verdict, theirs, agrees: (report.verdict === "valid") === (code === 0) };
}

function table(rows: readonly Row[]): string {
  const line = ({ name, ours, theirs, agrees }: Row) =>
    `| ${name} | ${ours} | ${theirs} | ${agrees ? "" : STRICTER[name] ?? "NOT EXPLAINED"} |`;
  return ["| tampered with | ours | pyHanko | difference |", "| --- | --- | --- | --- |", ...rows.map(line)]
    .join("\n");
}

Deno.test("R39 verdicts on tampered files are pyHanko's, or stricter for a listed reason", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const roots = await devRoots();
    await Deno.writeTextFile(`${folder}/root.pem`, toPem("CERTIFICATE", roots[0]!));
    const files = await tamperedFiles();
    const rows: Row[] = [];
    for (let at = 0; at < files.length; at += 2) {
      const pair = files.slice(at, at + 2);
      rows.push(...await Promise.all(pair.map(([name, bytes]) => judge(name, bytes, folder, roots))));
    }
    const text = table(rows);
    console.log(text);
    await Deno.mkdir("demo", { recursive: true });
    await Deno.writeTextFile("demo/tamper.md", `${text}\n`);
    const looser = rows.filter(({ ours, agrees }) => !agrees && ours === "valid");
    deepEqual(looser, [], "valid here, refused by pyHanko");
    const differing = rows.filter(({ agrees }) => !agrees).map(({ name }) => name);
    deepEqual(differing.sort(), Object.keys(STRICTER).sort());
    ok(rows.length > 80 && rows.filter(({ ours }) => ours === "valid").length >= 6);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
