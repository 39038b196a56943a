/**
 * Seals the contracts of every producer at hand with every kind of key, for judges that are not of this project:
 * P12 file, timestamps over HTTP, OCSP and CRLs over HTTP, put together as the service does it.
 *
 * usage: make_matrix.ts PKI OUT, where PKI is by `make_signers.sh` and its servers run at `TSA_PORT` and `OCSP_PORT`.
 * `MATRIX=full` seals every file with every key, with and without a timestamp for each party; else the files take
 * turns. OUT gets a folder for each kind: sealed PDFs, `bases/` with what was sealed, `roots/` to judge by.
 *
 * @module
 */
import { openSealing, type Sealing } from "../../lib/adapters/open_sealing.ts";
import { systemChance } from "../../lib/adapters/system_chance.ts";
import { systemClock } from "../../lib/adapters/system_clock.ts";
import { verifyPdf } from "../../lib/pades/verify.ts";
import { fromPem } from "../../lib/pades/x509_pem.ts";
import { memorySource } from "../../lib/pdf/byte_source.ts";
import { checkUpload } from "../../lib/pdf/check_upload.ts";
import { executedFile, FIELDS } from "../support/sealed_pdf.ts";

type Bytes = Uint8Array<ArrayBuffer>;
/** A contract as the service would seal it: as it came, or with its shell mended. */
type Base = { readonly name: string; readonly bytes: Bytes };
/** A key, and whether each party's signature gets a timestamp of its own. */
type Kind = { readonly key: string; readonly eachParty: boolean };

const KEYS = ["signer-ec", "signer-rsa", "signer-rsa3072"];
const FOLDERS = ["pdf", "pdf/producers", "contracts"];
/** Those of the parties, and the conclusion. */
const OUR_SIGNATURES = FIELDS.length + 1;
/** As the service has them. */
const LIMITS = { maxPdfBytes: 50 * 1024 * 1024, maxPages: 2_000 };
const ROOTS = ["root.pem", "tsaroot.pem"];

const [pki, out] = Deno.args;
if (!pki || !out) throw new Error("usage: make_matrix.ts PKI OUT");

/** What the policy takes, from all fixtures. */
async function bases(): Promise<Base[]> {
  const found: Base[] = [];
  for (const folder of FOLDERS) {
    const place = new URL(`../fixtures/${folder}/`, import.meta.url);
    for (const file of filesIn(place)) {
      const bytes = Deno.readFileSync(new URL(file, place));
      const check = await checkUpload(memorySource(bytes), LIMITS);
      if (check.ok) {
        found.push({ name: `${folder.replace("/", "-")}-${file}`, bytes: check.normalised ?? bytes });
      }
    }
  }
  return found;
}

function filesIn(place: URL): string[] {
  try {
    return Array.from(Deno.readDirSync(place), ({ name }) => name).filter((name) => name.endsWith(".pdf"))
      .sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** All that is put together from a P12 file and addresses. */
function sealingWith(key: string): Promise<Sealing> {
  const clock = systemClock();
  const trustRoots = ROOTS.flatMap((file) => fromPem("CERTIFICATE", Deno.readTextFileSync(`${pki}/${file}`)));
  const settings = {
    signer: { url: `p12:${pki}/${key}.p12`, passphrase: "test" },
    tsa: { url: `http://127.0.0.1:${Deno.env.get("TSA_PORT") ?? 18318}/tsa`, policy: null },
    trustRoots,
    dataDir: out!,
  };
  return openSealing(settings, { clock, trueClock: clock, chance: systemChance, fetch });
}

/** Seals one contract to the end. The service keeps nothing that its own verifier does not find valid: nor do we. */
async function sealed(base: Base, sealing: Sealing, eachParty: boolean): Promise<Bytes> {
  const clock = { ...systemClock(), advance: () => {} };
  const { signer, tsa: authority, revocation } = sealing;
  const { bytes } = await executedFile(base.bytes, {
    eachParty,
    parts: { signer, authority, revocation, clock },
  });
  const options = { trustRoots: sealing.trustRoots, at: clock.now() };
  const { verdict, revisions } = await verifyPdf(memorySource(bytes), options);
  const ours = revisions.filter(({ kind }) => kind === "signature").slice(-OUR_SIGNATURES);
  const lasting = ours.length === OUR_SIGNATURES && ours.every(({ level }) => level === "LTA");
  if (verdict !== "valid" || !lasting) throw new Error(`${base.name}: our verifier says ${verdict}`);
  return bytes;
}

function folderOf({ key, eachParty }: Kind): string {
  return `${out}/${key}${eachParty ? "" : "-conclusion-only"}`;
}

/** Every kind for every file, or for each file one kind and for each key one file the other way. */
function kindsFor(index: number): Kind[] {
  if (Deno.env.get("MATRIX") === "full") {
    return KEYS.flatMap((key) => [true, false].map((eachParty) => ({ key, eachParty })));
  }
  const key = KEYS[index % KEYS.length]!;
  return index < KEYS.length
    ? [{ key, eachParty: true }, { key, eachParty: false }]
    : [{ key, eachParty: true }];
}

const sealings = new Map<string, Sealing>();
for (const key of KEYS) sealings.set(key, await sealingWith(key));
const taken = await bases();
let made = 0;
for (const [index, base] of taken.entries()) {
  for (const kind of kindsFor(index)) {
    const folder = folderOf(kind);
    await Deno.mkdir(`${folder}/bases`, { recursive: true });
    await Deno.mkdir(`${folder}/roots`, { recursive: true });
    for (const file of ROOTS) await Deno.copyFile(`${pki}/${file}`, `${folder}/roots/${file}`);
    await Deno.writeFile(`${folder}/bases/${base.name}`, base.bytes);
    await Deno.writeFile(
      `${folder}/${base.name}`,
      await sealed(base, sealings.get(kind.key)!, kind.eachParty),
    );
    made++;
  }
}
console.log(`sealed ${taken.length} contracts in ${made} ways; each valid by our own verifier, level LTA`);
