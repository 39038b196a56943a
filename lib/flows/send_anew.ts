/**
 * What a contract officer sends anew before the contract is executed: a corrected PDF (R35), the same PDF to other
 * confirmers (R34) or to those of a later consent form (R7).
 *
 * @module
 */
import type { ContractFile } from "../domain/case.ts";
import type { SendAnew } from "../domain/command.ts";
import type { Confirmer, ConsentForm } from "../domain/consent_form.ts";
import { sendAnewFault } from "../domain/rules_of_correction.ts";
import type { ContractLines } from "../forms/contract_lines.ts";
import type { RefusalReason } from "../letters/letter_order.ts";
import { act, type Outcome } from "./act.ts";
import type { OpenedLink } from "./links.ts";
import { senderFacts } from "./officer_acts.ts";
import { named } from "./draft_contract.ts";
import { type OfferedFile, takeFiles } from "./take_files.ts";
import { now, type World } from "./world.ts";

/** What an officer hands in as a correction. */
export type Correction = {
  readonly files: readonly OfferedFile[];
  /** What is other than before besides the files. */
  readonly lines: Pick<ContractLines, "title" | "contractDate" | "term" | "amount" | "approvers" | "faults">;
  readonly reason: string;
};

const anew = (world: World, opened: OpenedLink, reason: string): SendAnew => ({
  ...senderFacts(world, opened),
  reason,
});

/** The files as the policy lets them through, or all that is wrong with them and with the lines. */
async function checked(
  world: World,
  { state }: OpenedLink,
  { files, lines }: Correction,
): Promise<{ readonly files: readonly ContractFile[] } | { readonly problems: readonly RefusalReason[] }> {
  const { form, draft } = state;
  const title = lines.title ?? draft?.title ?? "";
  const contractDate = lines.contractDate ?? draft?.contractDate ?? null;
  const taken = await takeFiles(world, files, { form, title, contractDate });
  const faults = lines.faults.map((line): RefusalReason => ({ code: "bad_line", about: line }));
  if ("problems" in taken) return { problems: [...taken.problems, ...faults] };
  return faults.length > 0 ? { problems: faults } : taken;
}

/**
 * 「訂正版を送る」: checks the files like a first upload and sends them at once as the next 版. What is wrong with
 * files or lines comes back as `problems`, all at once; what the case does not allow as a refusal.
 */
export async function correctContract(
  world: World,
  opened: OpenedLink,
  correction: Correction,
): Promise<Outcome | { readonly problems: readonly RefusalReason[] }> {
  const { state } = opened;
  const closed = sendAnewFault(state);
  if (closed) return closed;
  const taken = await checked(world, opened, correction);
  if ("problems" in taken) return taken;
  const { lines, reason } = correction;
  return await act(world, state.number, {
    do: "correct",
    at: now(world),
    ...anew(world, opened, reason),
    documents: taken.files,
    title: lines.title ?? null,
    contractDate: lines.contractDate ?? null,
    term: lines.term ?? null,
    amount: lines.amount ?? null,
    namedApprovers: lines.approvers?.map((person) => named(world, person)) ?? null,
    renewal: world.settings.timestamp.renew,
  });
}

/** A form with other confirmers, vendor by vendor; what was unsure about the old ones does not matter any more. */
function withConfirmers(form: ConsentForm, confirmers: readonly (readonly Confirmer[])[]): ConsentForm {
  const about = (path: string) => path.includes("confirmer");
  const vendors = form.vendors.map((vendor, index) => ({
    ...vendor,
    confirmers: confirmers[index] ?? vendor.confirmers,
  }));
  const { unsure, ...rest } = form;
  const kept = unsure ? { unsure: unsure.filter(({ field }) => !about(field)) } : {};
  return { ...rest, ...kept, vendors, cutOff: form.cutOff.filter((field) => !about(field)) };
}

/** 「確認者を変更する」: `confirmers` are those of each vendor, in the order of the form. */
export async function changeConfirmers(
  world: World,
  opened: OpenedLink,
  change: { readonly confirmers: readonly (readonly Confirmer[])[]; readonly reason: string },
): Promise<Outcome> {
  const { state } = opened;
  const closed = sendAnewFault(state);
  if (closed) return closed;
  if (!state.form) return { refused: "form_incomplete" };
  const form = withConfirmers(state.form, change.confirmers);
  const facts = { form, ...anew(world, opened, change.reason) };
  return await act(world, state.number, { do: "changeConfirmers", at: now(world), ...facts });
}

/** What people are told when a later form changes who confirms. */
const LATE_FORM = "事業者から新しい同意書の提出があったため";

/**
 * Accepts the form that waits as a proposal (R7). Of a contract that was sent already it changes the confirmers;
 * `digest` is that of the proposal which the officer saw.
 */
export function acceptForm(world: World, opened: OpenedLink, digest?: string): Promise<Outcome> {
  const { link, state } = opened;
  const seen = digest === undefined ? {} : { digest };
  return act(world, state.number, {
    do: "acceptForm",
    at: now(world),
    by: link.address,
    ...seen,
    anew: anew(world, opened, LATE_FORM),
  });
}
