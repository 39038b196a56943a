/**
 * Takes a consent form in: it begins a case, or is a proposal to the case that it belongs to (R4–R9).
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { Case } from "../domain/case.ts";
import type { ConsentForm } from "../domain/consent_form.ts";
import { normalAddress } from "../domain/mail_address.ts";
import { formClosed } from "../domain/rules_of_forms.ts";
import type { Entry, Key } from "../ports.ts";
import { act, type Alongside, openCase } from "./act.ts";
import { answerAllowance } from "./answer_allowance.ts";
import { readCase } from "./case_records.ts";
import { findDepartment } from "./find_department.ts";
import { forwardable } from "./forwardable.ts";
import { contentKey, file, filedMeanwhile, filing, type Incoming } from "./inbox_filing.ts";
import { officersOf, recipientTag } from "./orders.ts";
import { answer, keepOnly, questionLetters } from "./pass_on.ts";
import type { Place } from "./route_mail.ts";
import { now, type World } from "./world.ts";

/** Key under which the case of a sender's contract is found again when the form comes a second time (R7). */
export function contractKey(address: string, form: ConsentForm): Key | null {
  const name = form.contractName.normalize("NFKC").replace(/\s+/g, "");
  if (name === "") return null;
  return ["form-from", recipientTag(address), createHash("sha256").update(name).digest("hex")];
}

/** Key of the newest case that a sender began with a mail that could not be read. */
const unreadKey = (address: string): Key => ["unread-from", recipientTag(address)];

const markOf = (key: Key, value: string, known: Entry<string> | null): Alongside => ({
  checks: [{ key, version: known?.version ?? null }],
  sets: [[key, value]],
});

const joined = (...parts: readonly Alongside[]): Alongside => ({
  checks: parts.flatMap((part) => part.checks ?? []),
  sets: parts.flatMap((part) => part.sets ?? []),
});

/** Begins a case with a form, or with none when the mail could not be read. */
export async function openFrom(
  world: World,
  incoming: Incoming,
  departmentId: string | null,
  read: { readonly form: ConsentForm | null; readonly unreadable: string | null },
): Promise<void> {
  const { writer, entry, check } = incoming;
  const allowance = await answerAllowance(world, writer.address, read.form ? "form" : "other");
  if (!allowance) return await keepOnly(world, incoming, null);
  const at = now(world);
  const number = await world.numbers.next(at);
  const found = read.form ? contractKey(writer.address, read.form) : unreadKey(writer.address);
  const besides = joined(
    allowance,
    markOf(contentKey(incoming), number, null),
    found ? markOf(found, number, await world.store.get<string>(found)) : {},
  );
  const command = {
    do: "open",
    at,
    number,
    departmentId: findDepartment(world.settings, departmentId, read.form?.addressee ?? ""),
    contact: { name: writer.name, address: normalAddress(writer.address) },
    mail: entry.value.raw,
    ...check && { check },
    ...read,
  } as const;
  const filed = filing(incoming, { fate: "opened", caseNumber: number, besides });
  if (!await openCase(world, command, filed)) throw filedMeanwhile();
  world.log.info("case_opened", { case: number, read: read.form !== null });
}

/**
 * Proposes a form to a case; `false` when the case takes none any more. Above a day's share the mail is only kept:
 * each proposal is answered, and a machine that answers with the form again would never end.
 */
export async function propose(
  world: World,
  incoming: Incoming,
  state: Case,
  form: ConsentForm,
): Promise<boolean> {
  const mail = await forwardable(world, incoming);
  const allowance = await answerAllowance(world, incoming.writer.address, "proposal");
  if (!allowance) {
    await keepOnly(world, incoming, state.number);
    return true;
  }
  const filed = filing(incoming, { fate: "proposed", caseNumber: state.number, besides: allowance });
  const from = normalAddress(incoming.writer.address);
  const { check } = incoming;
  const command = { do: "proposeForm", at: now(world), form, mail, from, ...check && { check } } as const;
  return !("refused" in await act(world, state.number, command, filed));
}

async function caseAt(world: World, key: Key | null): Promise<Case | null> {
  const number = key && (await world.store.get<string>(key))?.value;
  return number ? (await readCase(world.store, number))?.value ?? null : null;
}

/** The case that a sender began with a mail that could not be read, while it still waits for its form. */
export async function waitingCase(world: World, { writer }: Incoming): Promise<Case | null> {
  const state = await caseAt(world, unreadKey(writer.address));
  return state?.phase === "intake" && !state.form && !state.proposal ? state : null;
}

/** The case that the same sender began for a contract of the same name, or for one that could not be read. */
async function earlierCase(world: World, incoming: Incoming, form: ConsentForm): Promise<Case | null> {
  const sameName = await caseAt(world, contractKey(incoming.writer.address, form));
  return sameName ?? await waitingCase(world, incoming);
}

/** Takes a form that could be read. */
export async function takeForm(
  world: World,
  incoming: Incoming,
  place: Place,
  form: ConsentForm,
): Promise<void> {
  const double = await world.store.get<string>(contentKey(incoming));
  if (double && !place.state) {
    return await file(world, incoming, { fate: "duplicate", caseNumber: double.value });
  }
  const { state } = place;
  if (!state) {
    const earlier = await earlierCase(world, incoming, form);
    if (earlier && await propose(world, incoming, earlier, form)) return;
    return await openFrom(world, incoming, place.departmentId, { form, unreadable: null });
  }
  if (await propose(world, incoming, state, form)) return;
  const to = {
    caseNumber: state.number,
    officers: officersOf(state, world.settings).map((officer) => officer.address),
  };
  const closed = formClosed(state)?.refused ?? "case_closed";
  const code = closed === "case_executed" ? "form_after_execution" : closed;
  const why = { reasons: [{ code, about: null }], caseNumber: state.number } as const;
  await answer(world, incoming, why, await questionLetters(world, incoming, to));
}
