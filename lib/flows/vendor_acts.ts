/**
 * What the vendor's contact does through the link of the receipt (R4, R8).
 *
 * @module
 */
import type { ConsentForm } from "../domain/consent_form.ts";
import { act, type Outcome } from "./act.ts";
import type { OpenedLink } from "./links.ts";
import { now, type World } from "./world.ts";

/** 「紙の契約書を希望する」: closes the case as paper and tells the officer. */
export function wishPaper(world: World, { link, state }: OpenedLink): Promise<Outcome> {
  return act(world, state.number, { do: "wishPaper", at: now(world), by: link.address });
}

/** The web form, filled: a proposal until the officer accepts it (R7). No mail came with it. */
export function submitForm(
  world: World,
  { link, state }: OpenedLink,
  form: ConsentForm,
): Promise<Outcome> {
  const from = link.address;
  return act(world, state.number, { do: "proposeForm", at: now(world), form, mail: "", from });
}
