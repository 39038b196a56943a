/**
 * Converts old office files with LibreOffice, in a process of its own: no network, a fresh profile, bounds on time,
 * memory, processor time and what it writes. Off unless `CONVERT_OLD_FORMS=soffice`.
 *
 * @module
 */
import type { OldFormat } from "../forms/old_format.ts";
import { PortError } from "../ports.ts";
import { oneByOne } from "./one_by_one.ts";
import { runBounded } from "./run_bounded.ts";

/** Makes a file of today out of an old one; null when the programme can't. Never throws for what is in the file. */
export type Converter = (
  bytes: Uint8Array<ArrayBuffer>,
  format: OldFormat,
) => Promise<Uint8Array<ArrayBuffer> | null>;

/** How long one file may take, in milliseconds; a cold start takes some seconds. */
const TIMEOUT_MS = 40_000;
/** Larger files are not converted, before or after. In bytes. */
const MAX_BYTES = 20_000_000;
/** Address space, processor seconds, size of a written file, open files. */
const LIMITS = ["--as=4294967296", "--cpu=30", "--fsize=64000000", "--nofile=512"];
/** A name space of its own without network; its end is the end of all in it. */
const APART = ["--user", "--map-root-user", "--net", "--pid", "--fork", "--kill-child"];
const FILTERS = { docx: "docx:MS Word 2007 XML", xlsx: "xlsx:Calc MS Excel 2007 XML" } as const;

/**
 * A converter that works on one file at a time. Throws `PortError` `unavailable` when this process may not run
 * `soffice`; where it may run `unshare` and `prlimit` as well, the programme is shut off from network and bound.
 */
export async function sofficeConverter(timeoutMs = TIMEOUT_MS): Promise<Converter> {
  const apart = await isApart();
  if (!apart && !await mayRun("soffice")) {
    throw new PortError("unavailable", "Cannot convert old forms: soffice may not be run here", {
      retryable: false,
    });
  }
  const inTurn = oneByOne();
  return (bytes, format) => inTurn(() => convert(bytes, format, apart, timeoutMs));
}

async function mayRun(command: string): Promise<boolean> {
  return (await Deno.permissions.query({ name: "run", command })).state === "granted";
}

/** Whether a process can be shut off from the network here. */
async function isApart(): Promise<boolean> {
  if (!await mayRun("unshare")) return false;
  try {
    const ended = await runBounded("unshare", {
      args: [...APART, "--", "prlimit", ...LIMITS, "true"],
      env: { PATH: "/usr/bin:/bin" },
      input: new Uint8Array(),
      timeoutMs: 5_000,
    });
    return ended.code === 0;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

async function convert(
  bytes: Uint8Array<ArrayBuffer>,
  { ending, into }: OldFormat,
  apart: boolean,
  timeoutMs: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  if (bytes.length > MAX_BYTES) return null;
  const folder = await Deno.makeTempDir({ prefix: "warifu-convert-" });
  try {
    const input = `${folder}/form.${ending}`;
    await Deno.writeFile(input, bytes);
    const profile = `-env:UserInstallation=file://${folder}/profile`;
    const office = [
      profile,
      "--headless",
      "--norestore",
      "--convert-to",
      FILTERS[into],
      "--outdir",
      `${folder}/out`,
      input,
    ];
    const [command, args] = apart
      ? ["unshare", [...APART, "--", "prlimit", ...LIMITS, "soffice", ...office]] as const
      : ["soffice", office] as const;
    const env = { PATH: "/usr/bin:/bin", HOME: folder, LANG: "C.UTF-8" };
    await runBounded(command, { args, env, input: new Uint8Array(), timeoutMs });
    return await written(`${folder}/out/form.${into}`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** What came of it; null when nothing did, or too much. */
async function written(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    if ((await Deno.stat(path)).size > MAX_BYTES) return null;
    return await Deno.readFile(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}
