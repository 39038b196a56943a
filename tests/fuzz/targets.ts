/**
 * All that can be fuzzed, by name.
 *
 * @module
 */
import type { FuzzTarget } from "./target.ts";
import { derTarget } from "./targets/der.ts";
import { formsTarget } from "./targets/forms.ts";
import { mailTarget } from "./targets/mail.ts";
import { p12Target } from "./targets/p12.ts";
import { pdfTarget } from "./targets/pdf.ts";
import { sealTarget } from "./targets/seal.ts";

/** The targets, in the order in which they are run. */
export const TARGETS: readonly FuzzTarget[] = [
  pdfTarget,
  sealTarget,
  derTarget,
  p12Target,
  mailTarget,
  formsTarget,
];

/** The target of that name. Throws `TypeError` when there is none. */
export function targetOf(name: string): FuzzTarget {
  const found = TARGETS.find((target) => target.name === name);
  if (found) return found;
  throw new TypeError(`Cannot fuzz "${name}": known are ${TARGETS.map((target) => target.name).join(", ")}`);
}
