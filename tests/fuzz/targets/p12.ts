/**
 * Damaged PKCS#12 files: each opens, or tells the operator what keeps it shut.
 *
 * @module
 */
import { p12Signer } from "../../../lib/adapters/p12_signer.ts";
import { damageDer } from "../der_mutations.ts";
import { chooseSmall, faultOf, fixtureSeeds, type FuzzTarget } from "../target.ts";

/** The target. */
export const p12Target: FuzzTarget = {
  name: "p12",
  count: 2_000,
  seeds: () => fixtureSeeds("pki", /\.p12$/),
  choose: chooseSmall,
  mutate: (seed, seeds, dice) => damageDer(seed.bytes, dice, dice.pick(seeds).bytes),
  prepare: () => Promise.resolve(async (input) => await faultOf(() => p12Signer(input, "test")) ?? "opened"),
};
