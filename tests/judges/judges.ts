/**
 * The judges of signatures, none of which is of this project: pyHanko, EU DSS, Poppler's pdfsig, and qpdf for the
 * file's structure. `VALIDATORS` names the folder that holds the first two; the others are programs of the system.
 *
 * @module
 */
/** A sealed PDF, with what was there before our seals where that is known. */
export type Exhibit = { readonly path: string; readonly base: string | null };
/** What one judge says of one file; null when nothing is wrong, else what is. */
export type Judgement = { readonly judge: string; readonly path: string; readonly wrong: string | null };

/** One signature, as pyHanko and EU DSS report it. */
type Signature = {
  readonly field: string;
  readonly ok: boolean;
  readonly byte_range: readonly number[];
  readonly why?: readonly string[];
  // pyHanko's words
  readonly level?: string;
  readonly integrity?: boolean;
  readonly docmdp_ok?: boolean | null;
  readonly modification_level?: string;
  // EU DSS's words
  readonly format?: string;
  readonly signature_intact?: boolean;
  readonly signature_valid?: boolean;
};
type Report = {
  readonly file: string;
  readonly ok: boolean;
  readonly signatures?: readonly Signature[];
  readonly doc_timestamps?: readonly Signature[];
  readonly problem?: string;
  readonly problems?: readonly string[];
};

/** The folder that holds the judges. */
export const HOME = Deno.env.get("VALIDATORS") ?? "validators";

/** Runs a program; what it writes, to its output or else of errors, and its exit code. */
export async function run(
  command: string,
  ...args: readonly string[]
): Promise<{ text: string; code: number }> {
  const { stdout, stderr, code } = await new Deno.Command(command, { args: [...args] }).output();
  const decoder = new TextDecoder();
  return { text: decoder.decode(stdout) || decoder.decode(stderr), code };
}

const trusting = (roots: readonly string[]) =>
  roots.flatMap((root) => ["--trust", root, "--tsa-trust", root]);

/** Our signatures are to be good at level LTA; those that others put on before have to be as whole as they were. */
function judged(judge: string, { path, base }: Exhibit, report: Report | undefined): Judgement {
  if (!report?.signatures) return { judge, path, wrong: `no report: ${report?.problem ?? report?.problems}` };
  const before = base === null ? 0 : Deno.statSync(base).size;
  const all = [...report.signatures, ...report.doc_timestamps ?? []];
  const foreign = all.filter(({ byte_range: range }) => range && range[2]! + range[3]! <= before);
  if (foreign.length === 0) return { judge, path, wrong: report.ok ? null : JSON.stringify(report) };
  const ours = all.filter((each) => !foreign.includes(each));
  const bad = [...ours.filter((each) => !isLasting(each)), ...foreign.filter((each) => !isWhole(each))];
  return { judge, path, wrong: bad.length === 0 && ours.length > 0 ? null : JSON.stringify(bad) };
}

function isLasting({ ok, level, format }: Signature): boolean {
  const reached = format ?? level;
  return ok && (reached === undefined || reached.endsWith("LTA")); // document timestamps have no level
}

function isWhole(each: Signature): boolean {
  if (each.signature_intact !== undefined) return each.signature_intact && each.signature_valid === true;
  return each.integrity === true && each.docmdp_ok !== false && each.modification_level !== "OTHER";
}

const HYBRID = "hybrid-reference files";
const NOT_STRICT = /strict reading failed:/;

/**
 * pyHanko: every party's signature at level LTA, and only allowed changes. It reads strictly, but for hybrid-reference
 * files, which it then does not judge at all, and for files that were faulty for it before our seals.
 */
export async function pyHanko(exhibit: Exhibit, roots: readonly string[]): Promise<Judgement> {
  const args = [
    `${HOME}/validate_pyhanko.py`,
    exhibit.path,
    ...trusting(roots),
    "--require-level",
    "LTA",
    "--json",
  ];
  const python = `${HOME}/.venv/bin/python`;
  const lenient = new URL("pyhanko_lenient.py", import.meta.url).pathname;
  let { text } = await run(python, ...args);
  const { base } = exhibit;
  const asBefore = async () =>
    base !== null && NOT_STRICT.test((await run(python, args[0]!, base, ...args.slice(2))).text);
  if (text.includes(HYBRID) || NOT_STRICT.test(text) && await asBefore()) {
    ({ text } = await run(python, lenient, ...args));
  }
  return judged("pyHanko", exhibit, parsed(text));
}

function parsed(text: string): Report | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** EU DSS (ETSI EN 319 102-1): TOTAL_PASSED at level LTA with all revocation data in the file. One JVM for all. */
export async function euDss(exhibits: readonly Exhibit[], roots: readonly string[]): Promise<Judgement[]> {
  const paths = exhibits.map(({ path }) => path);
  const level = ["--strict", "--require-level", "LTA"];
  const { text } = await run(`${HOME}/dss_validate.sh`, ...paths, ...trusting(roots), ...level);
  const reports = text.split("\n").map(parsed).filter((each) => each !== undefined);
  return exhibits.map((each) => judged("EU DSS", each, reports.find(({ file }) => file === each.path)));
}

/**
 * Poppler finds every signature valid. What it says of trust is left out: poppler 22.12 calls the certificate of
 * each further signature by the same signer untrusted, also of files that are not ours.
 */
export async function pdfsig({ path }: Exhibit): Promise<Judgement> {
  const { text } = await run("pdfsig", "-nocert", path);
  const all = text.split("Signature Type: ETSI.CAdES.detached").length - 1;
  const valid = text.split("Signature Validation: Signature is Valid").length - 1;
  return { judge: "pdfsig", path, wrong: all > 0 && all <= valid ? null : text };
}

/** qpdf finds nothing wrong with the file's structure that was not wrong before. */
export async function qpdf({ path, base }: Exhibit): Promise<Judgement> {
  const { text, code } = await run("qpdf", "--check", path);
  const before = base === null ? 0 : (await run("qpdf", "--check", base)).code;
  return { judge: "qpdf", path, wrong: code <= before ? null : text };
}
