/**
 * Damaged consent forms (Word, Excel, PDF, text) through their reader.
 *
 * @module
 */
import { unzipSync, type Zippable, zipSync } from "fflate";
import { processConsentReader } from "../../../lib/adapters/process_consent_reader.ts";
import { latin1, latin1Bytes } from "../../../lib/pdf/characters.ts";
import { damageBytes } from "../byte_mutations.ts";
import type { Dice } from "../dice.ts";
import { damagePdf } from "../pdf_mutations.ts";
import { type Bytes, chooseSmall, fixtureSeeds, type FuzzTarget, type Seed } from "../target.ts";

/** Parts in which a form's values are. */
const PARTS = /^(word\/(document|styles|numbering)\.xml|xl\/.*\.xml|\[Content_Types\]\.xml)$/;

const XML = [
  "<w:tbl>",
  "</w:tc>",
  "<w:tc><w:p>",
  '<mergeCell ref="A1:XFD1048576"/>',
  '<c r="ZZZ99999999" t="s"><v>4294967295</v></c>',
  "<v>1e308</v>",
  "&lt;&#0;&#x110000;&nothing;",
  '<!DOCTYPE a [<!ENTITY b "c">]>&b;',
  "<![CDATA[",
  "<!--",
  'w:gridSpan w:val="999999999"',
  "<w:p>".repeat(3_000),
];

function damageXml(text: string, dice: Dice): string {
  const marks = [...text.matchAll(/<[^>]*>|"[^"]*"|>[^<]+/g)];
  if (marks.length === 0) return text;
  const { index, 0: old } = dice.pick(marks);
  const put = [
    "",
    old + old,
    old.repeat(1 + dice.below(200)),
    dice.pick(marks)[0],
    dice.pick(XML) + old,
    old.replace(/\d+/, () => dice.pick(["-1", "0", "99999999999", "1048577"])),
  ];
  return text.slice(0, index) + dice.pick(put) + text.slice(index + old.length);
}

/** Damages parts within an Office document; what is no zip is damaged as it is. */
function damageZip(bytes: Bytes, dice: Dice): Bytes {
  const parts = opened(bytes);
  if (parts === null) return bytes;
  const names = Object.keys(parts).filter((name) => PARTS.test(name));
  if (names.length === 0) return bytes;
  const changed: Zippable = { ...parts };
  for (let left = 1 + dice.below(4); left > 0; left--) {
    const name = dice.pick(names);
    const before = changed[name] as Bytes;
    changed[name] = dice.once(4)
      ? damageBytes(before, dice, before)
      : latin1Bytes(damageXml(latin1(before), dice));
  }
  return new Uint8Array(zipSync(changed, { level: 1, mtime: "2026-11-24T00:00:00Z" }));
}

function opened(bytes: Bytes): Record<string, Uint8Array> | null {
  try {
    return unzipSync(bytes);
  } catch {
    return null; // Not a zip, or an encrypted one.
  }
}

/** The target. */
export const formsTarget: FuzzTarget = {
  name: "forms",
  count: 10_000,
  seeds: async () => (await fixtureSeeds("forms", /\.(docx|xlsx|pdf|zip|odt|doc|xls|rtf)$/)),
  choose: chooseSmall,
  mutate(seed, seeds, dice) {
    const other = dice.pick(seeds).bytes;
    if (seed.name.endsWith(".pdf")) return damagePdf(seed.bytes, dice, other);
    return dice.once(4) ? damageBytes(seed.bytes, dice, other) : damageZip(seed.bytes, dice);
  },
  prepare: () => {
    // Through the reader that the service uses: its bound of time is one of the promises.
    const reader = processConsentReader();
    const run = async (input: Bytes, seed: Seed) => {
      const reading = await reader.read({ files: [{ filename: seed.name, content: input }], text: "" });
      return reading.read ? `read ${Math.min(9, reading.fields.length)}` : reading.why;
    };
    return Promise.resolve(Object.assign(run, { end: () => reader.close() }));
  },
};
