/**
 * Where a mail belongs: by the address written to, then by what it answers, then by a case number in its subject
 * from an address that is on the case (interface.md, Mail addresses). Routing never authorises.
 *
 * @module
 */
import type { Case } from "../domain/case.ts";
import { sameAddress } from "../domain/mail_address.ts";
import { caseNumbersIn, classifyAddress } from "../mail/bot_address.ts";
import { departmentOf } from "../settings/settings.ts";
import { readCase } from "./case_records.ts";
import type { Incoming } from "./inbox_filing.ts";
import { caseOfReferences } from "./outbox.ts";
import { officerIn } from "./staff.ts";
import type { World } from "./world.ts";

/** Where a mail belongs. */
export type Place = {
  readonly state: Case | null;
  /** The department whose address was written to. */
  readonly departmentId: string | null;
  /** Case numbers that the subject names. */
  readonly named: readonly string[];
};

/** Whether an address has a part in a case: contact, on a form, party, 共有, or officer of its department. */
function onCase(world: World, state: Case, address: string): boolean {
  const forms = [state.form, state.proposal?.form];
  const onForms = forms.flatMap((form) => form?.vendors.flatMap((vendor) => vendor.confirmers) ?? []);
  const addresses = [
    state.contact.address,
    ...onForms.map((confirmer) => confirmer.address),
    ...state.parties.map((party) => party.address),
    ...state.draft?.copyTo ?? [],
  ];
  return addresses.some((each) => sameAddress(each, address)) ||
    officerIn(world.settings, address).includes(state.departmentId);
}

async function namedCase(world: World, numbers: readonly string[], address: string): Promise<Case | null> {
  for (const number of numbers.slice(0, 3)) {
    const state = (await readCase(world.store, number))?.value;
    if (state && onCase(world, state, address)) return state;
  }
  return null;
}

/** Finds where a mail belongs. */
export async function placeOf(world: World, { entry, mail, writer }: Incoming): Promise<Place> {
  const identity = { botAddress: world.settings.bot.address, keys: world.keys };
  const destinations = entry.value.envelope.to.map((address) => classifyAddress(address, identity));
  const byAddress = destinations.find((each) => each?.to === "case");
  const department = destinations.find((each) => each?.to === "department");
  const departmentId = department?.to === "department" && departmentOf(world.settings, department.id)
    ? department.id
    : null;
  const named = caseNumbersIn(`${mail.subject}\n${mail.newText}`);
  const number = byAddress?.to === "case"
    ? byAddress.number
    : await caseOfReferences(world.store, mail.references);
  const state = number ? (await readCase(world.store, number))?.value ?? null : null;
  return { state: state ?? await namedCase(world, named, writer.address), departmentId, named };
}
