/**
 * `deno task bench`: the timed claims of the project, each beside its limit, measured on this machine in one run.
 * Names given as arguments choose which: `deno task bench completion`.
 *
 * @module
 */
import { archive } from "./archive.ts";
import { audit } from "./audit.ts";
import { completion } from "./completion.ts";
import { lighthouse } from "./lighthouse.ts";
import { mailAuth } from "./mail_auth.ts";
import { intake } from "./intake.ts";
import { memory } from "./memory.ts";
import { outbox } from "./outbox.ts";
import { pages } from "./pages.ts";
import { sealing } from "./sealing.ts";
import { documentPage, termsPage } from "./loaded_pages.ts";
import { viewedContracts } from "./viewed_contracts.ts";
import type { Measure } from "./measure.ts";

const MEASURES: Readonly<Record<string, Measure>> = {
  archive,
  audit,
  completion,
  documentPage,
  intake,
  lighthouse,
  mailAuth,
  memory,
  outbox,
  pages,
  sealing,
  termsPage,
  viewedContracts,
};

/** Width of a text in a terminal: Japanese characters take two columns. */
const columns = (text: string) => [...text].reduce((sum, each) => sum + (each > "\u2e7f" ? 2 : 1), 0);
const padded = (text: string, width: number) => text + " ".repeat(Math.max(0, width - columns(text)));

const wanted = Deno.args.length > 0 ? Deno.args : Object.keys(MEASURES);
const rows: string[][] = [["what", "measured", "limit", ""]];
for (const name of wanted) {
  const measure = MEASURES[name];
  if (!measure) throw new Error(`Cannot measure "${name}": known are ${Object.keys(MEASURES).join(", ")}`);
  for (const { what, figure, limit, holds } of await measure()) {
    rows.push([what, figure, limit, holds ? "ok" : "MISSED"]);
  }
}
const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => columns(row[column] ?? ""))));
for (const row of rows) console.log(row.map((text, column) => padded(text, widths[column] ?? 0)).join("  "));
if (rows.some((row) => row[3] === "MISSED")) Deno.exit(1);
