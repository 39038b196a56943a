/**
 * Scores the reader on a folder of consent forms: `deno run -A tests/forms/score.ts DIR [--truth=FILE]`.
 *
 * The truth is DIR/truth.json, DIR/forms_truth.json or DIR_truth.json unless named. Each file has `expect` (with
 * `vendors` for a 共同企業体), `problems` or `refuse`. A value that differs is *flagged* when the reader itself says that it
 * is unsure, cut off or bad, else *confidently wrong*; a value that is not there is *missing*.
 *
 * @module
 */
import { readCMap } from "../../lib/adapters/cmap_files.ts";
import { type ConsentForm, problemsOf } from "../../lib/domain/consent_form.ts";
import { SURE } from "../../lib/forms/build_form.ts";
import type { ConsentReading } from "../../lib/forms/consent_reading.ts";
import { readConsent } from "../../lib/forms/read_consent.ts";

type WantedConfirmer = { readonly name?: string; readonly email?: string };
type WantedVendor = {
  readonly company?: string;
  readonly address?: string;
  readonly representative?: string;
  readonly confirmers?: readonly WantedConfirmer[];
};
/** What the truth says of a file; fields that it leaves out are not asked. */
export type Wanted = WantedVendor & {
  readonly kind?: string;
  readonly date?: string;
  readonly addressee?: string;
  readonly staff?: string;
  readonly tel?: string;
  readonly contract?: string;
  readonly vendors?: readonly WantedVendor[];
};
type Truth = {
  readonly expect?: Wanted;
  readonly problems?: readonly string[];
  readonly refuse?: string;
};
type Outcome = "right" | "missing" | "flagged" | "wrong";
/** A value as it should be and as it was read. */
export type Pair = { readonly path: string; readonly want: string; readonly got: string };

/** For comparison: half-width, without blanks. */
export const plain = (text: string) => text.normalize("NFKC").replace(/[\s\u200b]/g, "");
const KINDS = { "construction": "works", "goods-services": "goods" } as const;

/** Every value that is wanted or was read; what the truth does not speak of is not asked. */
export function pairsOf(wanted: Wanted, form: ConsentForm | null): Pair[] {
  const vendors = wanted.vendors ?? [wanted];
  const pairs: Pair[] = [];
  const ask = (path: string, want: string | undefined, got: string | null | undefined) => {
    if (want !== undefined) pairs.push({ path, want, got: got ?? "" });
  };
  ask("kind", wanted.kind, form?.kind ? KINDS[form.kind] : "");
  ask("submittedOn", wanted.date, form?.submittedOn);
  ask("addressee", wanted.addressee, form?.addressee);
  ask("contractName", wanted.contract, form?.contractName);
  ask("staff", wanted.staff, form?.staff);
  ask("phone", wanted.tel, form?.phone);
  const read = form?.vendors ?? [];
  const count = Math.max(vendors.length, read.length);
  for (let index = 0; index < count; index++) {
    const want = vendors[index] ?? { company: "", confirmers: [] };
    const got = read[index];
    const prefix = count > 1 ? `member${index + 1}.` : "";
    ask(`${prefix}company`, want.company, got?.company);
    ask(`${prefix}postalAddress`, want.address, got?.postalAddress);
    ask(`${prefix}representative`, want.representative, got?.representative);
    if (want.confirmers === undefined) continue;
    const confirmers = Math.max(want.confirmers.length, got?.confirmers.length ?? 0);
    for (let place = 0; place < confirmers; place++) {
      const { name = "", email = "" } = want.confirmers[place] ?? {};
      const one = got?.confirmers[place];
      if (place > 0 && name === "" && email === "" && !one?.name && !one?.address) continue;
      ask(`${prefix}confirmer${place + 1}.name`, name, one?.name);
      ask(`${prefix}confirmer${place + 1}.address`, email, one?.address);
    }
  }
  return pairs;
}

/** Paths of which the reader says that they may be wrong. */
function doubted(reading: ConsentReading): ReadonlySet<string> {
  if (!reading.read) return new Set();
  const unsure = reading.fields.filter((field) => field.confidence < SURE).map((field) => field.path);
  const faulty = problemsOf(reading.form).filter(({ fault }) => fault !== "confirmers_many");
  return new Set([...unsure, ...faulty.map((problem) => problem.field)]);
}

function outcomeOf({ path, want, got }: Pair, doubts: ReadonlySet<string>): Outcome {
  if (plain(want) === plain(got)) return "right";
  if (got === "") return "missing";
  return doubts.has(path) ? "flagged" : "wrong";
}

async function truthOf(folder: string, named: string | undefined): Promise<Record<string, Truth>> {
  const places = named === undefined
    ? [`${folder}/truth.json`, `${folder}/forms_truth.json`, `${folder}_truth.json`]
    : [named];
  for (const place of places) {
    try {
      return JSON.parse(await Deno.readTextFile(place));
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  throw new Error(`Cannot score: no truth at ${places.join(", ")}`);
}

if (import.meta.main) {
  const folder = (Deno.args.find((each) => !each.startsWith("--")) ?? ".").replace(/\/$/, "");
  const truth = await truthOf(folder, Deno.args.find((each) => each.startsWith("--truth="))?.slice(8));
  const tally: Record<Outcome, number> = { right: 0, missing: 0, flagged: 0, wrong: 0 };
  let doubtedRight = 0;
  let whole = 0;
  let files = 0;
  for (const [name, { expect, problems, refuse }] of Object.entries(truth)) {
    const content = await Deno.readFile(`${folder}/${name}`);
    const reading = await readConsent({ files: [{ filename: name, content }], text: "" }, { cMap: readCMap });
    if (expect === undefined) {
      const said = reading.read
        ? `problems: ${problemsOf(reading.form).map(({ fault, field }) => `${fault} ${field}`).join(", ")}`
        : `refused: ${reading.why}`;
      console.log(`${name}: wanted ${refuse ?? problems?.join(", ") ?? "nothing"}; ${said}`);
      continue;
    }
    files++;
    if (!reading.read) console.log(`${name}: refused as ${reading.why}`);
    const doubts = doubted(reading);
    const pairs = pairsOf(expect, reading.read ? reading.form : null);
    const outcomes = pairs.map((pair) => outcomeOf(pair, doubts));
    outcomes.forEach((outcome, index) => {
      const { path, want, got } = pairs[index]!;
      tally[outcome]++;
      if (outcome === "right" && got !== "" && doubts.has(path)) doubtedRight++;
      if (outcome !== "right") {
        console.log(`${name}: ${outcome} ${path}: wanted 「${want}」, read 「${got}」`);
      }
    });
    if (outcomes.every((outcome) => outcome === "right")) whole++;
  }
  const all = Object.values(tally).reduce((sum, each) => sum + each, 0);
  const share = (count: number) => `${count} (${(100 * count / Math.max(1, all)).toFixed(1)} %)`;
  console.log(
    `${files} files, ${whole} wholly right; ${all} fields: right ${share(tally.right)}, missing ${
      share(tally.missing)
    }, flagged ${share(tally.flagged)}, confidently wrong ${
      share(tally.wrong)
    }; right but flagged ${doubtedRight}`,
  );
}
