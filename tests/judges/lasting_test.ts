/**
 * What the service seals with, by an authority's certificate and with servers for timestamps and revocation, holds in
 * pyHanko's formal long-term procedure too: it wants an OCSP response and a list for whoever is below an issuing CA.
 *
 * @module
 */
import { deepStrictEqual as deepEqual } from "node:assert/strict";
import { openSealing } from "../../lib/adapters/open_sealing.ts";
import { systemChance } from "../../lib/adapters/system_chance.ts";
import { systemClock } from "../../lib/adapters/system_clock.ts";
import { executedFile, FIELDS } from "../support/sealed_pdf.ts";
import { HOME, run } from "./judges.ts";
import { withTestPki } from "./test_pki.ts";

const ROOTS = ["root", "tsaroot"] as const;
const GOOD = Object.fromEntries([...FIELDS, "Conclusion"].map((field) => [field, "OK"]));
const contract = Deno.readFileSync(new URL("../fixtures/contracts/keiyakusho_kouji.pdf", import.meta.url));

Deno.test("sealed as the service does it, every party's signature is good for pyHanko in 2028 and in 2033", async () => {
  await withTestPki(async ({ folder, tsa, certificate }) => {
    const clock = systemClock();
    const sealing = await openSealing({
      signer: { url: `p12:${folder}/signer-rsa.p12`, passphrase: "test" },
      tsa: { url: `${tsa}tsa`, policy: null },
      trustRoots: ROOTS.map(certificate),
      dataDir: folder,
    }, { clock, trueClock: clock, chance: systemChance, fetch });
    const { signer, tsa: authority, revocation } = sealing;
    const parts = { signer, authority, revocation, clock: { ...clock, advance: () => {} } };
    const path = `${folder}/contract.pdf`;
    await Deno.writeFile(path, (await executedFile(contract, { parts })).bytes);
    const script = new URL("judge_future.py", import.meta.url).pathname;
    const trust = ROOTS.flatMap((root) => ["--trust", `${folder}/${root}.pem`]);
    for (const at of ["2028-06-02T00:00:00+00:00", "2033-06-02T00:00:00+00:00"]) {
      const { text } = await run(`${HOME}/.venv/bin/python`, script, path, ...trust, "--simulate", at);
      deepEqual(JSON.parse(text)[path], GOOD, at);
    }
  });
});
