/**
 * Runs `deno doc --lint` over every module of the project that others may read from. Types of packages count as
 * explained: their own documentation does that.
 *
 * @module
 */

/** Exported by packages, so that a signature may name them. */
const FOREIGN = [
  "AuthenticateResult",
  "Signer",
  "VNode",
  "ComponentChildren",
  "Context",
  "Hono",
  "MiddlewareHandler",
  "PDFDict",
  "PDFDocument",
  "PDFFont",
  "PDFPage",
  "PDFRef",
];

async function* modules(folder: string): AsyncGenerator<string> {
  for await (const entry of Deno.readDir(folder)) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) yield* modules(path);
    else if (/\.tsx?$/.test(entry.name)) yield path;
  }
}

/** The findings of a report, each with its place. */
function findings(report: string): string[] {
  return report.split(/^(?=error)/m).filter((part) => /^error\[/.test(part));
}

const foreign = new RegExp(`^error\\[private-type-ref\\].* private type '(${FOREIGN.join("|")})'`);
const files = ["main.ts"];
for (const folder of ["lib", "routes", "islands"]) for await (const file of modules(folder)) files.push(file);
const { code, stderr } = await new Deno.Command(Deno.execPath(), {
  args: ["doc", "--lint", ...files],
  env: { NO_COLOR: "1" },
  stdout: "null",
  stderr: "piped",
}).output();
const report = new TextDecoder().decode(stderr);
const found = findings(report).filter((finding) => !foreign.test(finding));
for (const finding of found) console.error(finding);
const understood = code === 0 || findings(report).length > 0;
if (!understood) console.error(report);
console.log(`doc lint: ${files.length} modules, ${found.length} findings`);
Deno.exit(found.length === 0 && understood ? 0 : 1);
