/**
 * What a contract officer does through the case's link (R7, R12, R24, R32–R35).
 *
 * @module
 */
import { awaitedParty, type Case, type Person, type Term } from "../domain/case.ts";
import type { SendCommand } from "../domain/command.ts";
import type { ConsentForm } from "../domain/consent_form.ts";
import type { Day } from "../domain/instant.ts";
import { addressKey } from "../domain/mail_address.ts";
import { hashAccessCode } from "../link/access_code.ts";
import { departmentOf, type Settings } from "../settings/settings.ts";
import { act, type Outcome } from "./act.ts";
import { actWithin } from "./act_within.ts";
import { saysDay } from "./contract_text.ts";
import { textOf } from "./document_text.ts";
import type { OpenedLink } from "./links.ts";
import { now, type World } from "./world.ts";

/** The officer of an address with the name from the settings. */
export function officerOf(settings: Settings, address: string): Person {
  const staff = settings.departments.flatMap((department) => department.officers);
  const found = staff.find((member) => addressKey(member.email) === addressKey(address));
  return { name: found?.name ?? address, address };
}

/** Addresses that may not be a confirmer's: officers, approvers and the bot (R14). */
function barredOf(settings: Settings): string[] {
  const staff = settings.departments.flatMap(({ officers, approvers }) => [...officers, ...approvers]);
  return [settings.bot.address, ...staff.map((member) => member.email)];
}

/** What every sending needs to know about the people of the public body. */
export function senderFacts(
  { settings }: World,
  { link, state }: OpenedLink,
): Pick<SendCommand, "by" | "approvers" | "barred"> {
  const approvers = departmentOf(settings, state.departmentId)?.approvers ?? [];
  return {
    by: officerOf(settings, link.address),
    approvers: approvers.map(({ name, email }) => ({ name, address: email })),
    barred: barredOf(settings),
  };
}

/** Whether the 契約書 shows a 契約日 that the officer says only now; nothing where it was known before (R32). */
async function dateShown(world: World, { draft }: Case, day: Day | null): Promise<{ dateShown?: boolean }> {
  const [contract] = draft?.documents ?? [];
  if (!draft || !contract || draft.contractDate !== null || day === null) return {};
  return { dateShown: saysDay(await textOf(world, contract) ?? "", day) };
}

/** 「この内容で送信する」: sends what the summary of this digest shows. */
export async function sendContract(
  world: World,
  opened: OpenedLink,
  tap: { readonly digest: string; readonly contractDate: Day | null; readonly term: Term | null },
): Promise<Outcome> {
  const { state } = opened;
  const facts = { ...tap, ...senderFacts(world, opened), ...await dateShown(world, state, tap.contractDate) };
  const renewal = world.settings.timestamp.renew;
  return await act(world, state.number, { do: "send", at: now(world), ...facts, renewal });
}

/**
 * 「再送する」: a fresh request to whose turn it is; earlier links of theirs are void, tries are new (R33). So many an
 * hour, since each is a mail to the same person.
 */
export function resend(world: World, { link, state }: OpenedLink): Promise<Outcome> {
  const { number } = state;
  const party = awaitedParty(state);
  const command = { do: "resend", at: now(world), by: link.address } as const;
  return party
    ? actWithin(world, "resend", { number, party: party.id }, command)
    : act(world, number, command);
}

/** 「取り消す」: all links die at once, everyone who got one is told (R35). */
export function withdraw(world: World, { link, state }: OpenedLink, reason: string): Promise<Outcome> {
  return act(world, state.number, { do: "withdraw", at: now(world), reason, by: link.address });
}

/** 「再開する」: after 契約日 has passed or someone declined (R32). */
export function reopen(world: World, { link, state }: OpenedLink, reason: string): Promise<Outcome> {
  return act(world, state.number, { do: "reopen", at: now(world), reason, by: link.address });
}

/** 「アクセスコードを設定する」: an empty code takes it away. Kept hashed only. */
export async function setAccessCode(
  world: World,
  { link, state }: OpenedLink,
  code: string,
): Promise<Outcome> {
  const accessCode = code.trim() === "" ? null : await hashAccessCode(world.keys, world.chance, code);
  return await act(world, state.number, { do: "setCode", at: now(world), accessCode, by: link.address });
}

/** 「読み取りを直す」: mends a misread form (R5). */
export function mendForm(
  world: World,
  { link, state }: OpenedLink,
  form: ConsentForm,
): Promise<Outcome> {
  return act(world, state.number, { do: "mendForm", at: now(world), form, by: link.address });
}

/** 「同意書を断る」: the contract is not open to e-contracts; the vendor gets the reason (R5). */
export function refuseForm(world: World, { link, state }: OpenedLink, reason: string): Promise<Outcome> {
  return act(world, state.number, { do: "refuseForm", at: now(world), reason, by: link.address });
}

/** 「担当を変更する」. Throws `RangeError` for a department that the settings do not have. */
export async function handOn(
  world: World,
  { link, state }: OpenedLink,
  departmentId: string,
): Promise<Outcome> {
  if (!departmentOf(world.settings, departmentId)) {
    throw new RangeError("Cannot hand the case on: there is no such department");
  }
  return await act(world, state.number, { do: "handOn", at: now(world), departmentId, by: link.address });
}
