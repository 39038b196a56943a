/**
 * Takes a contract in from an officer, by mail or upload, and makes the draft that the summary shows (R10–R15).
 * Nothing is sent by it.
 *
 * @module
 */
import type { Case, Person } from "../domain/case.ts";
import type { DraftFacts } from "../domain/case_event.ts";
import { normalAddress, sameAddress } from "../domain/mail_address.ts";
import { formClosed } from "../domain/rules_of_forms.ts";
import type { ContractLines } from "../forms/contract_lines.ts";
import type { RefusalReason } from "../letters/letter_order.ts";
import { hashAccessCode } from "../link/access_code.ts";
import type { Sha256 } from "../ports.ts";
import { masked } from "./forwardable.ts";
import { act, type Alongside, type Outcome } from "./act.ts";
import { type OfferedFile, takeFiles } from "./take_files.ts";
import { now, type World } from "./world.ts";

/** What an officer hands in. */
export type ContractOffer = {
  readonly officer: Person;
  readonly files: readonly OfferedFile[];
  readonly lines: ContractLines;
  /** Blob of the raw mail; null for an upload. */
  readonly mail: Sha256 | null;
  /** Addresses that got the same mail (To and Cc). */
  readonly copied?: readonly string[];
};

/** Whether the access code stood in a mail that someone of the vendor got too: then it protects nothing. */
function codeInCopy(state: Case, { lines, copied = [] }: ContractOffer): boolean {
  if (lines.accessCode === undefined) return false;
  const confirmers = state.form?.vendors.flatMap((vendor) => vendor.confirmers) ?? [];
  const vendors = [state.contact.address, ...confirmers.map((confirmer) => confirmer.address)];
  return copied.some((address) => vendors.some((vendor) => sameAddress(vendor, address)));
}

/** A person as the mail names them; by the settings' name, else by address, when it gives the address only. */
export function named({ settings }: World, { name, address }: Person): Person {
  if (name !== "") return { name, address };
  const approvers = settings.departments.flatMap((department) => department.approvers);
  const known = approvers.find((staff) => sameAddress(staff.email, address));
  return { name: known?.name ?? address, address };
}

/**
 * Makes the draft of a case. What is wrong with files or lines comes back as `problems`, all at once; what the
 * case itself does not allow as a refusal. `alongside` is written in the same commit.
 */
export async function draftContract(
  world: World,
  state: Case,
  offer: ContractOffer,
  alongside: Alongside = {},
): Promise<Outcome | { readonly problems: readonly RefusalReason[] }> {
  const closed = formClosed(state);
  if (closed) return closed;
  const { lines, officer, mail } = offer;
  const earlier = state.draft;
  const title = lines.title ?? earlier?.title ?? state.form?.contractName ?? "";
  const contractDate = lines.contractDate ?? earlier?.contractDate ?? null;
  const taken = await takeFiles(world, offer.files, { form: state.form, title, contractDate });
  const faults = lines.faults.map((line): RefusalReason => ({ code: "bad_line", about: masked(line) }));
  if ("problems" in taken) return { problems: [...taken.problems, ...faults] };
  if (faults.length > 0) return { problems: faults };
  const [first, ...others] = taken.files;
  const documents = first && codeInCopy(state, offer)
    ? [{ ...first, warnings: [...first.warnings, "code_in_copy"] }, ...others]
    : taken.files;
  const draft: DraftFacts = {
    title,
    contractDate,
    term: lines.term ?? earlier?.term ?? null,
    amount: lines.amount ?? earlier?.amount ?? null,
    copyTo: lines.copyTo?.map(normalAddress) ?? earlier?.copyTo ?? [],
    approvers: lines.approvers?.map((person) => named(world, person)) ?? earlier?.approvers ?? null,
    accessCode: lines.accessCode === undefined
      ? earlier?.accessCode ?? null
      : await hashAccessCode(world.keys, world.chance, lines.accessCode),
    documents,
    officer,
  };
  return await act(world, state.number, { do: "draft", at: now(world), draft, mail }, alongside);
}
