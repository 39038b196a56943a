/**
 * What no sequence of commands can break.
 *
 * @module
 */
import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { currentSha256, fileOf, partyOf, sealSteps } from "../../lib/domain/case.ts";
import type { CaseEvent, RecordedEvent } from "../../lib/domain/case_event.ts";
import { decide } from "../../lib/domain/decide.ts";
import { replay } from "../../lib/domain/evolve.ts";
import { brokenAt } from "../../lib/domain/history.ts";
import { endOfJstDay } from "../../lib/domain/instant.ts";
import { asksCode } from "../../lib/domain/rules_of_circulation.ts";
import { lastIssueOf, roundOf } from "../../lib/domain/rounds.ts";
import { renewalStep } from "../../lib/domain/rules_of_renewal.ts";
import { draws, play, type Run } from "../support/random_case.ts";

/** Holds a rule against many sequences. */
function always(rule: (run: Run) => void) {
  fc.assert(fc.property(draws, (sequence) => rule(play(sequence))), { numRuns: 150 });
}
const did = <D extends CaseEvent["did"]>(name: D, { steps }: Run) =>
  steps.flatMap(({ before, entry: { event } }) =>
    event.did === name ? [{ before, event: event as Extract<CaseEvent, { did: D }> }] : []
  );

Deno.test("the sequences drawn reach agreement, execution and completion, and every act is accepted in some", () => {
  const seen = new Set<string>();
  const phases = new Set<string>();
  for (const sequence of fc.sample(draws, { numRuns: 1000, seed: 20261124 })) {
    const { history, state } = play(sequence);
    for (const { event } of history) seen.add(event.did);
    phases.add(state.phase);
  }
  const names = [
    "agreed",
    "codeLocked",
    "declined",
    "reopened",
    "bounced",
    "certified",
    "completed",
    "renewed",
    "fileOpened",
    "followed",
    "corrected",
    "confirmersChanged",
    "addressMended",
  ];
  for (const name of names) ok(seen.has(name), name);
  for (const phase of ["executed", "completed", "withdrawn", "paper", "refused"]) {
    ok(phases.has(phase), phase);
  }
});

Deno.test("R16 R27 nobody agrees out of turn, or before every document carries all earlier steps", () => {
  always((run) => {
    for (const { before, event } of did("agreed", run)) {
      const place = before.parties.findIndex((party) => party.id === event.party);
      deepEqual(
        before.parties.map((party) => party.agreedAt !== null),
        before.parties.map((_, n) => n < place),
      );
      ok(before.parties[place]!.issue > 0);
      for (const { tails } of before.draft!.documents) {
        deepEqual(tails.map((tail) => tail.step), sealSteps(before).slice(0, place + 1));
      }
    }
  });
});

Deno.test("R21 there is one agreement a person and round, to exactly what was shown", () => {
  always((run) => {
    const agreements = did("agreed", run);
    const people = agreements.map(({ before, event }) => `${roundOf(before)} ${event.party}`);
    equal(new Set(people).size, agreements.length);
    for (const { before, event } of agreements) {
      deepEqual(event.documents, before.draft!.documents.map(currentSha256));
    }
  });
});

Deno.test("R19 R24 R32 no agreement at or after a link's end, after 契約日, or without the code", () => {
  always((run) => {
    for (const { before, event } of did("agreed", run)) {
      const party = before.parties.find((each) => each.id === event.party)!;
      ok(party.expiresAt === null || event.at < party.expiresAt);
      ok(before.reopened || event.at < endOfJstDay(before.draft!.contractDate!));
      const coded = asksCode(before, partyOf(before, event.party)!);
      equal(event.authentication, coded ? "mailAndAccessCode" : "mail");
      equal(party.locked, false);
    }
  });
});

Deno.test("R19 at its end a link opens nothing, whatever happened before", () => {
  always(({ steps }) => {
    for (const { after } of steps) {
      const party = after.parties[after.turn];
      if (!party || party.expiresAt === null || party.agreedAt !== null) continue;
      const at = party.expiresAt;
      const link = { at, party: party.id, issue: party.issue };
      const documents = after.draft!.documents.map(currentSha256);
      ok(
        "refused" in decide(after, { do: "agree", ...link, authentication: "mailAndAccessCode", documents }),
      );
      ok("refused" in decide(after, { do: "view", ...link }));
      ok("refused" in decide(after, { do: "decline", ...link, reason: "" }));
    }
  });
});

Deno.test("R27 R36 after the conclusion only seals, news of their delay, the certificate, renewals, questions by mail, openings and what follows are on record", () => {
  const allowed = [
    "sealed",
    "sealingDelayed",
    "certified",
    "completed",
    "renewed",
    "inquired",
    "fileOpened",
    "followed",
  ];
  always(({ steps }) => {
    for (const { before, entry } of steps) {
      if (before.executedAt !== null) ok(allowed.includes(entry.event.did), entry.event.did);
    }
  });
});

Deno.test("R8 R35 nothing follows after paper, refusal or withdrawal, and after completion only renewals; but who asks by mail or opens a file, and what follows, is on record", () => {
  const besides = ["inquired", "fileOpened", "followed"];
  always(({ steps }) => {
    for (const { before, entry } of steps) {
      if (besides.includes(entry.event.did)) {
        ok(entry.event.did !== "followed" || before.executedAt !== null);
        continue;
      }
      ok(!["paper", "refused", "withdrawn"].includes(before.phase), before.phase);
      equal(before.phase === "completed", entry.event.did === "renewed", entry.event.did);
    }
  });
});

Deno.test("R28 renewals of a file follow one another, each on the very file that the one before left", () => {
  always((run) => {
    const counts = new Map<string, number>();
    for (const { before, event } of did("renewed", run)) {
      const name = String(event.file);
      const count = counts.get(name) ?? 1;
      equal(event.step, `DocTimeStamp${count + 1}`);
      equal(event.previousSha256, currentSha256(fileOf(before, event.file)!));
      counts.set(name, count + 1);
    }
    for (const { before, entry: { event }, after } of run.steps) {
      if (event.did !== "renewed") continue;
      equal(currentSha256(fileOf(after, event.file)!), event.sha256);
      const { at, file, step, previousSha256, sha256, blob, size } = event;
      const again = { do: "recordRenewal", at, file, step, previousSha256, sha256, blob, size } as const;
      deepEqual(decide(after, again), { refused: "not_awaited" });
      equal(renewalStep(before, file), step);
    }
  });
});

Deno.test("R27 a case is completed only when every document carries every seal, each once and in order", () => {
  always(({ steps, state }) => {
    for (const { after } of steps) {
      for (const { tails } of after.draft?.documents ?? []) {
        deepEqual(tails.map((tail) => tail.step), sealSteps(after).slice(0, tails.length));
      }
    }
    if (state.phase !== "completed") return;
    for (const { tails } of state.draft!.documents) equal(tails.length, sealSteps(state).length);
  });
});

Deno.test("R16 R19 at most one request of one issue, and never to two parties at once", () => {
  always((run) => {
    const requests = did("requested", run);
    equal(new Set(requests.map(({ event }) => `${event.party} ${event.issue}`)).size, requests.length);
    for (const { before, event } of requests) {
      equal(before.parties[before.turn]?.id, event.party);
    }
  });
});

/** Rounds that ended because the contract was sent anew. */
const anew = ({ steps }: Run) =>
  steps.flatMap((step, index) => {
    const { event } = step.entry;
    return event.did === "corrected" || event.did === "confirmersChanged" ? [{ ...step, event, index }] : [];
  });

Deno.test("R34 R35 a link of an earlier round opens nothing, ever after", () => {
  always((run) => {
    for (const { before, index } of anew(run)) {
      const asked = before.parties.filter(({ issue }) => issue > 0);
      for (const { after, entry } of run.steps.slice(index)) {
        const documents = after.draft!.documents.map(currentSha256);
        for (const { id: party, issue } of asked) {
          ok(issue <= lastIssueOf(after));
          const link = { at: entry.event.at, party, issue };
          const acts = [
            { do: "agree", ...link, authentication: "mailAndAccessCode", documents },
            { do: "decline", ...link, reason: "" },
            { do: "requestLink", ...link },
            { do: "view", ...link },
          ] as const;
          for (const act of acts) ok("refused" in decide(after, act), act.do);
        }
      }
    }
  });
});

Deno.test("R34 R35 sent anew, the first is asked first, nobody has agreed, and no seal of before counts", () => {
  always((run) => {
    for (const { before, event, after } of anew(run)) {
      equal(after.phase, "circulating");
      equal(after.turn, 0);
      ok(after.parties.every((party) => party.agreedAt === null && party.issue === 0));
      ok(after.draft!.documents.every(({ tails }) => tails.length === 0));
      const told = event.told.map((person) => person.address);
      for (const { issue, address } of before.parties) ok(issue === 0 || told.includes(address));
      for (const { issue, askedBefore, address } of before.parties) {
        if (issue === 0 && !askedBefore) ok(!told.includes(address));
      }
      const file = after.draft!.documents[0]!;
      const late = { step: "Sender", previousSha256: file.sha256, sha256: "a", blob: "b", size: 1 };
      const seal = { do: "recordSeal", at: event.at, document: 0, ...late } as const;
      deepEqual(decide(after, { ...seal, round: roundOf(before) }), { refused: "not_awaited" });
      ok("events" in decide(after, { ...seal, round: roundOf(after) }));
    }
  });
});

Deno.test("the history is an unbroken chain, and replayed it gives the head that was stored", () => {
  always(({ history, state }) => {
    equal(brokenAt(history), null);
    deepEqual(replay(history), state);
    const stored = JSON.parse(JSON.stringify(history)) as RecordedEvent[];
    deepEqual(replay(stored), state);
    equal(brokenAt(stored), null);
  });
});
