/**
 * `deno task verify FILE… [--json] [--trust root.pem] [--crl list.crl] [--require-level B|T|LT|LTA]`: says whether PDFs
 * are valid. Ends with 0 when all are, 1 when one is not or a signature is below the level, 2 when one can't be read.
 *
 * Trusted are the roots given, each a PEM file or a folder of them; without any, those that `TRUST_ROOTS` names and
 * the development root in `DATA_DIR`. Lists of revoked certificates (PEM or DER) count besides what the files hold.
 *
 * @module
 */
import { openFileSource } from "../adapters/file_source.ts";
import { readRoots } from "../adapters/read_roots.ts";
import { instantOf } from "../domain/instant.ts";
import { UnreadableError } from "../domain/unreadable.ts";
import { reportWords } from "../pades/report_words.ts";
import type { PadesLevel, VerificationReport } from "../pades/verification_report.ts";
import { type VerifyOptions, verifyPdf } from "../pades/verify.ts";
import { fromPem } from "../pades/x509_pem.ts";
import { PortError } from "../ports.ts";

/** What the command was asked. */
export type VerifyOrder = {
  readonly files: readonly string[];
  readonly json: boolean;
  readonly trust: readonly string[];
  readonly lists: readonly string[];
  /** What every signature has to reach; null when any level will do. */
  readonly level: PadesLevel | null;
};

/** Where a run writes, what it trusts by default, and what time it is. */
export type VerifySurroundings = {
  readonly print: (line: string) => void;
  readonly complain: (line: string) => void;
  /** Places of roots to trust when none are given; absent ones do not count. */
  readonly defaultTrust: readonly string[];
  readonly nowMs: number;
};

/** Ends of the command. */
const VALID = 0, NOT_VALID = 1, UNREADABLE = 2;

/** From the lowest to the highest. */
const LEVELS: readonly string[] = ["B", "T", "LT", "LTA"] satisfies PadesLevel[];

const USAGE = "使い方: deno task verify FILE… [--json] [--trust root.pem] [--crl list.crl] " +
  "[--require-level B|T|LT|LTA]";

/** Reads the arguments; null when they make no sense. */
export function readOrder(args: readonly string[]): VerifyOrder | null {
  const files: string[] = [];
  const given: Record<string, string[]> = { "--trust": [], "--crl": [], "--require-level": [] };
  let json = false;
  for (let index = 0; index < args.length; index++) {
    const arg = args[index]!;
    if (arg === "--json") json = true;
    else if (arg.startsWith("--")) {
      const [name = "", ...rest] = arg.split("=");
      const value = rest.length > 0 ? rest.join("=") : args[++index];
      if (!Object.hasOwn(given, name) || value === undefined) return null;
      given[name]?.push(value);
    } else files.push(arg);
  }
  const { "--trust": trust = [], "--crl": lists = [], "--require-level": [level = null, ...more] = [] } =
    given;
  if (files.length === 0 || more.length > 0 || !(level === null || isLevel(level))) return null;
  return { files, json, trust, lists, level };
}

function isLevel(text: string): text is PadesLevel {
  return LEVELS.includes(text);
}

/** Whether every signature reaches the level; one of which none is proven reaches none. */
function reaches({ revisions }: VerificationReport, level: PadesLevel): boolean {
  return revisions.filter(({ kind }) => kind === "signature")
    .every(({ level: reached }) => reached !== null && LEVELS.indexOf(reached) >= LEVELS.indexOf(level));
}

function endFor(report: VerificationReport, level: PadesLevel | null): number {
  if (report.verdict === "unreadable") return UNREADABLE;
  return report.verdict === "valid" && (level === null || reaches(report, level)) ? VALID : NOT_VALID;
}

async function rootsOf(order: VerifyOrder, defaults: readonly string[]): Promise<Uint8Array<ArrayBuffer>[]> {
  if (order.trust.length > 0) return (await Promise.all(order.trust.map(readRoots))).flat();
  const found = await Promise.all(defaults.map((place) => readRoots(place).catch(() => [])));
  return found.flat();
}

/** The lists of a file, DER. */
async function listsIn(path: string): Promise<Uint8Array<ArrayBuffer>[]> {
  const bytes = await Deno.readFile(path);
  const found = fromPem("X509 CRL", new TextDecoder("latin1").decode(bytes));
  return found.length > 0 ? found : [bytes];
}

async function verifyFile(path: string, options: VerifyOptions): Promise<VerificationReport> {
  const source = openFileSource(path);
  try {
    return await verifyPdf(source, options);
  } finally {
    source.close();
  }
}

/** Verifies the files that the arguments name; gives the exit code. */
export async function runVerify(args: readonly string[], around: VerifySurroundings): Promise<number> {
  const order = readOrder(args);
  if (!order) {
    around.complain(USAGE);
    return UNREADABLE;
  }
  let worst = VALID;
  try {
    const options = {
      trustRoots: await rootsOf(order, around.defaultTrust),
      at: instantOf(around.nowMs),
      revocation: { ocsps: [], crls: (await Promise.all(order.lists.map(listsIn))).flat() },
    };
    for (const [index, path] of order.files.entries()) {
      const report = await verifyFile(path, options);
      const words = () => `${index > 0 ? "\n" : ""}${reportWords(report, path)}`;
      around.print(order.json ? JSON.stringify({ file: path, ...report }) : words());
      if (order.level !== null && !reaches(report, order.level)) {
        around.complain(`${path}: 水準${order.level}に達していない電子署名があります`);
      }
      worst = Math.max(worst, endFor(report, order.level));
    }
    return worst;
  } catch (error) {
    const known = error instanceof Deno.errors.NotFound || error instanceof PortError ||
      error instanceof UnreadableError || error instanceof Deno.errors.IsADirectory;
    if (!known) throw error;
    around.complain(`読み取れません: ${error.message}`);
    return UNREADABLE;
  }
}

if (import.meta.main) {
  const places = [Deno.env.get("TRUST_ROOTS"), `${Deno.env.get("DATA_DIR") ?? "data"}/pki`];
  const code = await runVerify(Deno.args, {
    print: (line) => console.log(line),
    complain: (line) => console.error(line),
    defaultTrust: places.filter((place) => place !== undefined),
    nowMs: Date.now(),
  });
  Deno.exit(code);
}
