import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { awaitedParty, partyOf } from "../../lib/domain/case.ts";
import { nextBusinessMoment } from "../../lib/domain/business_time.ts";
import { linkFault } from "../../lib/domain/rules_of_circulation.ts";
import { openLink } from "../../lib/flows/links.ts";
import { CONTACT, OFFICER } from "../support/sample_case.ts";
import { attemptOf, type Drawn, sequences } from "./case_acts.ts";
import { CaseLife, type Sent } from "./case_life.ts";
import { CaseModel, linkEnd, type ModelLink, type Stage } from "./case_model.ts";

const HOUR_MS = 3_600_000;

/** Letters to officers alone. */
const FOR_OFFICERS = new Set([
  "case-notice",
  "draft-summary",
  "declined",
  "question",
  "expired",
  "link-requested",
  "access-code-locked",
  "delivery-problem",
  "paper",
  "digest",
]);

/** Who has a right to a letter at the time at which it goes. */
function mayHave(model: CaseModel, { kind, to }: Sent): boolean {
  const asked = model.everAsked.has(to) || model.parties.some(({ address }) => address === to);
  switch (kind) {
    case "receipt":
    case "form-problem":
    case "refusal":
      return to === CONTACT.address;
    case "request":
      return model.awaited?.address === to;
    case "completion":
      return model.stage === "executed" &&
        (asked || model.copies.includes(to) || to === OFFICER.address);
    case "withdrawn":
      return asked || model.officers.has(to) || (model.everAsked.size === 0 && to === CONTACT.address);
    case "corrected":
    case "reopened":
      return asked || model.officers.has(to);
    case "reminder":
      return model.awaited?.address === to || model.officers.has(to);
    default:
      return FOR_OFFICERS.has(kind) && model.officers.has(to);
  }
}

/** What the model learns from the letters that went since it looked last. */
function readLetters(model: CaseModel, letters: readonly Sent[]): void {
  for (const letter of letters) {
    ok(mayHave(model, letter), `nobody at ${letter.to} has a right to "${letter.kind}" (${model.stage})`);
    if (letter.kind !== "request" || letter.token === null) continue;
    model.everAsked.add(letter.to);
    const party = model.awaited!;
    model.links.push({
      token: letter.token,
      party: party.id,
      address: letter.to,
      sentAt: letter.at,
      dead: false,
      told: false,
    });
  }
}

/** A link works where, and only where, it should. */
async function compareLinks(life: CaseLife, model: CaseModel): Promise<void> {
  for (const link of model.links) {
    const opened = await openLink(life.world, link.token, "request");
    ok(opened, "a link that was mailed opens a page for good, if only to say why it is dead");
    equal(opened.link.address, link.address);
    const party = partyOf(opened.state, opened.link.party!);
    const works = party !== null && party.agreedAt === null &&
      awaitedParty(opened.state)?.id === party.id &&
      linkFault(opened.state, party, opened.link.issue!, life.now) === null;
    equal(works, model.alive(link, life.now), `the link of ${link.party} (${model.stage})`);
  }
}

/** Whether the word that a link has ended waits for business time (R32): a night or a weekend. */
function wordWaits(life: CaseLife, model: CaseModel, link: ModelLink | undefined): boolean {
  if (!link || link.dead || model.alive(link, life.now)) return false;
  return life.now < nextBusinessMoment(linkEnd(link), life.world.calendar.isBusinessDay);
}

/** Somebody always knows that it is their turn. */
function someoneIsTold(life: CaseLife, model: CaseModel): void {
  const told = (...kinds: string[]) =>
    life.letters.some((letter) => kinds.includes(letter.kind) && model.officers.has(letter.to));
  const newest = life.letters.findLastIndex(({ kind }) => kind === "request");
  const since = life.letters.slice(Math.max(0, newest));
  const stopped = ["delivery-problem", "access-code-locked", "expired", "declined", "reopened"];
  switch (model.stage) {
    case "intake":
      return ok(told("case-notice"));
    case "drafted":
      return ok(told("draft-summary"));
    case "sent": {
      const link = model.links.findLast(({ party }) => party === model.awaited!.id);
      const works = link !== undefined && model.alive(link, life.now);
      const knows = since.some(({ kind, to }) => stopped.includes(kind) && model.officers.has(to));
      return ok(works || knows || wordWaits(life, model, link), "nobody knows that the case waits");
    }
    case "declined":
      return ok(told("declined"));
    default:
      return;
  }
}

/** Who had a part in what ended has heard of it, where mail reaches them. */
function everyoneIsTold(life: CaseLife, model: CaseModel): void {
  const heard = (kind: string, address: string) =>
    life.dead.has(address) ||
    life.letters.some((letter) => letter.kind === kind && letter.to === address);
  for (const { kind, address } of model.mustHear) ok(heard(kind, address), `${address}: ${kind}`);
  switch (model.stage) {
    case "executed":
      equal(life.state.phase, "completed");
      for (const { address } of model.parties) ok(heard("completion", address), `${address}: completion`);
      for (const address of model.copies) ok(heard("completion", address), `${address}: completion`);
      return ok(heard("completion", OFFICER.address));
    case "refused":
      return ok(heard("refusal", CONTACT.address));
    case "paper":
      return ok([...model.officers].some((address) => heard("paper", address)));
    default:
      return;
  }
}

/** Someone tries something: it happens where, and only where, it should. */
async function tryOut(life: CaseLife, model: CaseModel, drawn: Drawn): Promise<void> {
  const attempt = await attemptOf(life, model, drawn);
  if (!attempt) return;
  const outcome = await life.do(attempt.command);
  const fault = "refused" in outcome ? outcome.refused : "done";
  equal(fault === "done", attempt.becomes !== null, `${drawn.act} (${model.stage}): ${fault}`);
  attempt.becomes?.();
}

const REACHED = new Map<string, number>();

async function live(drawn: readonly Drawn[]): Promise<void> {
  const life = new CaseLife();
  const model = new CaseModel();
  model.officers.add(OFFICER.address);
  let read = 0;
  const look = async () => {
    readLetters(model, life.letters.slice(read));
    read = life.letters.length;
    const party = awaitedParty(life.state);
    model.bounced = party?.bounced === true;
    await compareLinks(life, model);
    someoneIsTold(life, model);
    everyoneIsTold(life, model);
  };
  await life.open();
  await look();
  for (const each of drawn) {
    await life.pass(each.hours * HOUR_MS);
    await look();
    if (each.act === "die") {
      life.dead.add(model.parties[each.who % Math.max(1, model.parties.length)]?.address ?? "none");
      continue;
    }
    await tryOut(life, model, each);
    if (each.rush) await tryOut(life, model, { ...each, act: each.rush });
    await life.rest();
    await look();
  }
  REACHED.set(model.stage, (REACHED.get(model.stage) ?? 0) + 1);
}

/** Of so many lives some surely end in each way. */
const ENOUGH = 5_000;
const RUNS = Number(Deno.env.get("LIVES") ?? 400);

Deno.test(`random people do random things to ${RUNS} cases: rights, links, turns and endings hold`, async () => {
  await fc.assert(fc.asyncProperty(sequences, live), { numRuns: RUNS });
  if (RUNS < ENOUGH) return;
  const stages: readonly Stage[] = [
    "intake",
    "drafted",
    "sent",
    "declined",
    "executed",
    "refused",
    "paper",
    "withdrawn",
  ];
  deepEqual(stages.filter((stage) => !REACHED.has(stage)), []);
});
