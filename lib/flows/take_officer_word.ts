/**
 * Words with which an officer's mail may begin (interface.md, Mail addresses). 再送 is done at once, for it only
 * sends a fresh link to whoever has one already (R33). 取消 is not: like all that changes a case it goes through the
 * officer's link, which the answer brings, as it does for 状況. 一覧 and 検索 list the department's cases (R38).
 *
 * @module
 */
import { awaitedParty, type Case } from "../domain/case.ts";
import { normalAddress } from "../domain/mail_address.ts";
import { isUnknownWord, type MailWord, mailWordIn } from "../mail/mail_word.ts";
import { act, type Alongside } from "./act.ts";
import { boundOf } from "./act_within.ts";
import { answerAllowance } from "./answer_allowance.ts";
import { answerInquiry, answerWord, wordLetter } from "./answer_word.ts";
import { filing, type Incoming } from "./inbox_filing.ts";
import { answer, keepOnly } from "./pass_on.ts";
import { now, type World } from "./world.ts";

async function resend(world: World, incoming: Incoming, state: Case): Promise<void> {
  const caseNumber = state.number;
  const { address } = incoming.writer;
  const besides = await answerAllowance(world, address, "word");
  if (!besides) return await keepOnly(world, incoming, caseNumber);
  const party = awaitedParty(state);
  const bound: Alongside | null = party
    ? await boundOf(world, "resend", { number: caseNumber, party: party.id })
    : {};
  if (!bound) {
    return await answer(world, incoming, { reasons: [{ code: "too_often", about: null }], caseNumber });
  }
  // The answer says where the case then stands; the request itself names who asked for it.
  const status = wordLetter(world, incoming, { letter: "status", about: null }, caseNumber);
  const how = { fate: "answered", caseNumber, letters: [status], besides } as const;
  const command = { do: "resend", at: now(world), by: normalAddress(address) } as const;
  const filed = filing(incoming, how);
  const outcome = await act(world, caseNumber, command, {
    checks: [...filed.checks ?? [], ...bound.checks ?? []],
    sets: [...filed.sets ?? [], ...bound.sets ?? []],
  });
  if (!("refused" in outcome)) return;
  await answer(world, incoming, { reasons: [{ code: outcome.refused, about: null }], caseNumber });
}

/** Answers a word that is about the department, or about nothing; `false` for one that needs a case. */
async function takeWithoutCase(world: World, incoming: Incoming, { word, rest }: MailWord): Promise<boolean> {
  if (word === "resend" || word === "withdraw") return false;
  if (word === "help") await answerWord(world, incoming, { letter: "help", about: null });
  else {
    const search = word === "search" ? rest : "";
    await answerWord(world, incoming, { letter: "status", about: { search } });
  }
  return true;
}

/**
 * Does what an officer asked for by a word; `state` is the case that the mail belongs to, which must be of the own
 * department, or null. `false` when the mail begins with none, or with one that needs a case.
 */
export async function takeOfficerWord(
  world: World,
  incoming: Incoming,
  state: Case | null,
  named: readonly string[],
): Promise<boolean> {
  const found = mailWordIn(incoming.mail);
  if (!found) {
    if (state || named.length > 0 || !isUnknownWord(incoming.mail)) return false;
    await answerWord(world, incoming, { letter: "help", about: null });
    return true;
  }
  const { word } = found;
  const ofCase = word === "resend" || word === "withdraw" || word === "status";
  if (!ofCase || (!state && named.length === 0)) return await takeWithoutCase(world, incoming, found);
  if (!state) return false;
  if (word === "resend") await resend(world, incoming, state);
  else {
    const answer = { letter: "status", about: { word } } as const;
    await answerInquiry(world, incoming, { caseNumber: state.number, word, answer });
  }
  return true;
}
