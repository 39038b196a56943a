/**
 * What judges that are not of this project say of a contract of 2026 in 2028, 2033 and, renewed in 2034 and 2043
 * (R28), in 2045: good for every party; and not good where a renewal was left out, late or without its data.
 *
 * @module
 */
import { deepStrictEqual as deepEqual, match, strictEqual as equal } from "node:assert/strict";
import { sealDocTimestamp } from "../../lib/pades/doc_timestamp.ts";
import { collectRenewalData, newestTimestamp } from "../../lib/pades/renewal_data.ts";
import { toPem } from "../../lib/pades/x509_pem.ts";
import { joinBytes, memorySource } from "../../lib/pdf/byte_source.ts";
import type { SignatureAlgorithm } from "../../lib/signing_ports.ts";
import { DOC_TIMESTAMP_RESERVE, executedFile, FIELDS } from "../support/sealed_pdf.ts";
import { type Authorities, authorities } from "./authorities.ts";
import { HOME, run } from "./judges.ts";

type Bytes = Uint8Array<ArrayBuffer>;
/** What a judge says of each party's signature in a file. */
type Verdicts = Readonly<Record<string, string>>;
/** A renewal: its day, and whether fresh validation data goes on with the timestamp. */
type Renewal = { readonly on: string; readonly data: boolean };

const contract = Deno.readFileSync(new URL("../fixtures/contracts/keiyakusho_kouji.pdf", import.meta.url));
const PARTIES = [...FIELDS, "Conclusion"];
const DSS_GOOD = Object.fromEntries(PARTIES.map((field) => [field, "TOTAL_PASSED PAdES-BASELINE-LTA"]));
const LATE = "2045-06-02";
const FAULTY: Readonly<Record<string, readonly Renewal[]>> = {
  "never renewed": [],
  "renewed in 2034 only": [{ on: "2034-06-01", data: true }],
  "renewed first when the authority's certificate had ended": [
    { on: "2037-06-01", data: true },
    { on: "2043-06-01", data: true },
  ],
  "renewed without validation data": [{ on: "2034-06-01", data: false }, { on: "2043-06-01", data: false }],
};
const PYHANKO_GOOD = Object.fromEntries(PARTIES.map((field) => [field, "OK"]));

async function renewed(by: Authorities, executed: Bytes, renewals: readonly Renewal[]): Promise<Bytes> {
  let bytes = executed;
  for (const { on, data } of renewals) {
    by.clock.set(`${on}T00:00:00.000Z`);
    const source = memorySource(bytes);
    const { revocation, roots: known } = by;
    const { bytes: tail } = await sealDocTimestamp(source, {
      field: "DocTimeStamp",
      reserveBytes: DOC_TIMESTAMP_RESERVE,
      ...data && { validationData: await collectRenewalData({ source, revocation, known }) },
    }, (digest) => by.authority.timestamp(digest));
    bytes = joinBytes([bytes, tail]);
  }
  return bytes;
}

/**
 * Asks both judges on a day. Besides what is in the file they know a list of that day of the authority that gave
 * the newest timestamp, as whoever verifies fetches it.
 */
async function judged(at: string, file: Bytes, by: Authorities): Promise<[Verdicts, Verdicts]> {
  by.clock.set(`${at}T00:00:00.000Z`);
  const { chain } = newestTimestamp(memorySource(file), by.roots);
  const { crls } = await by.revocation.revocationFor(chain.map(({ der }) => der));
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/contract.pdf`;
    await Deno.writeFile(path, file);
    const roots = await Promise.all(by.roots.map(async (root, index) => {
      await Deno.writeTextFile(`${folder}/${index}.pem`, toPem("CERTIFICATE", root));
      return `${folder}/${index}.pem`;
    }));
    await Deno.writeFile(`${folder}/fresh.crl`, crls[0]!);
    const crl = ["--crl", `${folder}/fresh.crl`];
    const dss = await run(
      `${HOME}/dss_validate.sh`,
      path,
      ...roots.flatMap((root) => ["--trust", root, "--tsa-trust", root]),
      ...crl,
      ...["--strict", "--at", `${at}T00:00:01Z`],
    );
    const script = new URL("judge_future.py", import.meta.url).pathname;
    const trust = roots.flatMap((root) => ["--trust", root]);
    const python = [`${HOME}/.venv/bin/python`, script, path, ...trust, ...crl];
    const pyHanko = await run("faketime", `${at} 00:00:01`, ...python);
    return [dssVerdicts(dss.text), JSON.parse(pyHanko.text)[path]];
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function dssVerdicts(text: string): Verdicts {
  const { signatures } = JSON.parse(text) as {
    signatures: readonly { field: string; indication: string; format: string; why: string[] }[];
  };
  return Object.fromEntries(
    signatures.map(({ field, indication, format }) => [field, `${indication} ${format}`]),
  );
}

for (const algorithm of ["ES256", "RS256"] satisfies SignatureAlgorithm[]) {
  const by = await authorities(algorithm);
  const executed = (await executedFile(contract, { parts: by })).bytes;

  for (const day of ["2028-06-02", "2033-06-02"]) {
    Deno.test(`R28 ${algorithm}: on ${day} every party's signature of 2026 is good at level LTA`, async () => {
      deepEqual(await judged(day, executed, by), [DSS_GOOD, PYHANKO_GOOD]);
    });
  }

  Deno.test(`R28 ${algorithm}: renewed in 2034 and 2043 every party's signature is good in 2045`, async () => {
    const renewals = [{ on: "2034-06-01", data: true }, { on: "2043-06-01", data: true }];
    deepEqual(await judged(LATE, await renewed(by, executed, renewals), by), [DSS_GOOD, PYHANKO_GOOD]);
  });

  for (const [fault, renewals] of Object.entries(FAULTY)) {
    Deno.test(`R28 ${algorithm}: ${fault}, no party's signature is good in 2045`, async () => {
      const [dss, pyHanko] = await judged(LATE, await renewed(by, executed, renewals), by);
      for (const field of PARTIES) {
        match(dss[field]!, /^INDETERMINATE /);
        equal(pyHanko[field], "NO_POE");
      }
    });
  }
}
