/**
 * Begins a case that follows an executed one (R36). Both cases say so, in one commit.
 *
 * @module
 */
import type { Relation } from "../domain/case.ts";
import type { OpenCommand } from "../domain/command.ts";
import type { ConsentForm } from "../domain/consent_form.ts";
import { formTooLong } from "../domain/form_length.ts";
import { refuse } from "../domain/refusal.ts";
import { act, openingOf, type Outcome } from "./act.ts";
import { eventOf } from "./case_records.ts";
import type { OpenedLink } from "./links.ts";
import { contractKey } from "./take_form.ts";
import { now, type World } from "./world.ts";

/** What an officer asks for. */
export type FollowUp = {
  readonly relation: Relation;
  /** 契約名 of the new contract; that of the executed one when empty. */
  readonly title: string;
  /** How many cases followed already on the page that the officer saw. */
  readonly seen: number;
};

/** The form as it goes on: what was doubtful when it was read was good enough for a contract since. */
function carriedOn({ unsure: _, ...form }: ConsentForm, contractName: string): ConsentForm {
  return { ...form, contractName, cutOff: [] };
}

/** The mail that brought the first form: it stands behind the new case too. */
async function formMailOf(world: World, number: string): Promise<string> {
  const first = await eventOf(world, number, 0);
  return first?.did === "opened" ? first.mail : "";
}

/** Begins the case; its department, contact, vendors and confirmers are those of the executed one. */
export async function followUp(
  world: World,
  { link, state }: OpenedLink,
  { relation, title, seen }: FollowUp,
): Promise<Outcome> {
  const at = now(world);
  const by = link.address;
  const executed = state.draft?.title ?? "";
  const form = state.form && carriedOn(state.form, title === "" ? executed : title);
  if (form && formTooLong(form)) return refuse("text_too_long");
  const number = await world.numbers.next(at);
  const command: OpenCommand = {
    do: "open",
    at,
    number,
    departmentId: state.departmentId,
    contact: state.contact,
    mail: await formMailOf(world, state.number),
    form,
    unreadable: null,
    refersTo: { number: state.number, relation, title: executed, by },
  };
  const opening = openingOf(world, command);
  // The contact's form for this contract, should it come by mail again, belongs to the new case (R7).
  const found = form && contractKey(state.contact.address, form);
  const follow = { do: "follow", at, number, relation, by, seen } as const;
  const alongside = { ...opening, sets: [...opening.sets, ...found ? [[found, number] as const] : []] };
  return await act(world, state.number, follow, alongside);
}
