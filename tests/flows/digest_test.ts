import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import type { CaseEvent } from "../../lib/domain/case_event.ts";
import { beginDigests } from "../../lib/flows/digests.ts";
import { handlersOf } from "../../lib/flows/handlers.ts";
import { act, openCase } from "../../lib/flows/act.ts";
import { letterFor } from "../../lib/flows/letter_facts.ts";
import { waitingFor } from "../../lib/flows/letter_facts_digest.ts";
import { openCases, type OpenHead } from "../../lib/flows/open_index.ts";
import { reindex } from "../../lib/flows/reindex.ts";
import { caseOf } from "../support/given_case.ts";
import { jst } from "../support/pass_time.ts";
import { paperWorld } from "../support/paper_world.ts";
import { putCase } from "../support/put_case.ts";
import {
  agreedBy,
  askedWith,
  completed,
  draftedWith,
  executed,
  FORM,
  hash,
  minute,
  OFFICER,
  OPEN,
  opened,
} from "../support/sample_case.ts";
import type { World } from "../../lib/flows/world.ts";

const party = "Confirmer2";
const at = jst("2026-11-27 09:00");

/** What the digest says of a case whose history this is. */
function wordsOf(events: readonly CaseEvent[], when = at) {
  const state = caseOf(events);
  const { did: last, at: since } = events.at(-1)!;
  const open: OpenHead = { state, number: state.number, last, since, seq: events.length - 1 };
  const { on, words } = waitingFor(open, when);
  return `${on}: ${words.join("")}`;
}

Deno.test("R32 the digest says what waits for whom and for how long, and what stands in the way", () => {
  const asked = askedWith();
  const who = "確認者２ 見本 二郎 様";
  const waits = `${who}の確認待ち（3日経過）。`;
  const proposal: CaseEvent = { did: "formProposed", at: minute(50), form: FORM, mail: hash("2"), from: "x" };
  const cases: (readonly [readonly CaseEvent[], string])[] = [
    [opened, "officers: 契約書の提出待ち（3日経過）。"],
    [draftedWith(), "officers: 契約書は未送信です（3日経過）。"],
    [
      draftedWith({ contractDate: "2026-11-26" }),
      "officers: 契約日を過ぎています。契約書は未送信です（3日経過）。",
    ],
    [asked, `others: ${waits}`],
    [[...asked, proposal], `officers: 新しい同意書が確認を待っています。${waits}`],
    [
      [...asked, { did: "bounced", at: minute(40), party, issue: 1, why: "550" }],
      `officers: ${who}へのメールが届いていません。${waits}`,
    ],
    [
      [...asked, { did: "codeLocked", at: minute(40), party }],
      `officers: ${who}のリンクが、アクセスコードの誤りにより止まっています。${waits}`,
    ],
    [
      [...asked, { did: "asked", at: minute(40), party, question: "?" }],
      `officers: ${who}から質問・相談があり、まだ対応がありません。${waits}`,
    ],
    [
      [...asked, { did: "linkRequested", at: minute(40), party }],
      `officers: ${who}が新しいリンクを請求しています。${waits}`,
    ],
    [
      [...asked, { did: "declined", at: minute(40), party, reason: "x" }],
      "officers: 「同意しない」との回答により停止中（3日経過）。",
    ],
    [[...asked, agreedBy(party, "Sender", minute(40))], "others: 電子署名又は送信の処理中（3日経過）。"],
    [executed(), "service: "],
    [
      [...executed(), { did: "sealingDelayed", at: minute(80), step: "Approver1" }],
      "service: 電子署名の処理が遅れています（自動で続けています）。",
    ],
  ];
  for (const [events, expected] of cases) equal(wordsOf(events), expected);
  equal(
    wordsOf(asked, jst("2026-12-07 09:00")),
    `officers: 契約日を過ぎ、受付を終了しています。${who}のリンクの期限が切れています。` +
      `${who}の確認待ち（13日経過）。`,
  );
});

async function openIn(world: World, departmentId: string): Promise<string[]> {
  const found = [];
  for await (const { number, last } of openCases(world.store, departmentId)) found.push(`${number} ${last}`);
  return found;
}

Deno.test("the open cases of a department are kept with the events, and forgotten when they are over or handed on", async () => {
  const { world } = paperWorld();
  for (let n = 1; n <= 12; n++) {
    ok(await openCase(world, { ...OPEN, number: `R8-0000${String(n).padStart(2, "0")}` }));
  }
  equal((await openIn(world, "bukken")).length, 12);
  const by = OFFICER.address;
  await act(world, "R8-000001", { do: "wishPaper", at: minute(1), by });
  await act(world, "R8-000002", { do: "handOn", at: minute(1), departmentId: "doboku", by });
  equal((await openIn(world, "bukken")).length, 10);
  deepEqual(await openIn(world, "doboku"), ["R8-000002 handedOn"]);
  // What the service itself or a mere question by mail does, moves nothing.
  await act(world, "R8-000003", { do: "recordInquiry", at: minute(2), word: "status", by });
  equal((await openIn(world, "bukken"))[0], "R8-000003 opened");
});

Deno.test("the open cases are made anew from histories, and none that is over is among them", async () => {
  const { world } = paperWorld();
  const number = await putCase(world.store, askedWith());
  deepEqual(await openIn(world, "bukken"), []);
  await reindex(world.store, world.keys);
  deepEqual(await openIn(world, "bukken"), [`${number} handedOver`]);
  await putCase(world.store, completed());
  deepEqual(await openIn(world, "bukken"), []);
  await reindex(world.store, world.keys);
  equal(await world.store.get(["open", "bukken", number]), null);
});

Deno.test("R32 a digest is of the officer's departments and of its day; nobody else gets one", async () => {
  const { world, clock } = paperWorld();
  await putCase(world.store, askedWith());
  await reindex(world.store, world.keys);
  clock.set(at);
  const digest = (to: string, digestOf = "2026-11-27") =>
    letterFor(world, { letter: "digest", to, seq: null, party: null, about: { digestOf } }, null);
  const written = (await digest(OFFICER.address))!;
  match(written.letter.text, /^契約 太郎 様$/m);
  match(written.letter.text, /R8-000123 文書管理システム保守業務委託/);
  equal(written.links.length, 1);
  equal(await digest("officer-doboku@pref.example.lg.jp"), null);
  equal(await digest("someone@other.example.jp"), null);
  equal(await digest(OFFICER.address, "2026-11-26"), null);
});

Deno.test("R32 digests are ordered once a day: a second run, or a run that counts no more, orders nothing new", async () => {
  const { world, clock, orders } = paperWorld();
  const fire = (run: number) =>
    handlersOf(world)["digests"]!({
      id: `digests/${run}`,
      at: clock.now(),
      firstAt: clock.now(),
      kind: "digests",
      subject: "",
      payload: { run },
      attempts: 0,
    }, new AbortController().signal);
  await beginDigests(world);
  const begun = (await world.store.get<{ run: number }>(["digests"]))!;
  equal(begun.value.run, 1);
  deepEqual(await fire(7), { done: true });
  clock.set(jst("2026-11-27 08:59"));
  deepEqual(await fire(1), { again: at });
  deepEqual(await orders(), []);
  clock.set(at);
  deepEqual(await fire(1), { again: jst("2026-11-30 09:00") });
  const letters = (await orders()).map(({ id }) => id);
  equal(letters.length, 3);
  ok(letters.every((id) => id.startsWith("-/digest/2026-11-27/digest/")));
  deepEqual(await fire(1), { again: jst("2026-11-30 09:00") });
  // The process ended after the letters were ordered and before that was noted: the letters are the same ones.
  await world.store.commit({ sets: [[["digests"], begun.value]] });
  clock.set(jst("2026-11-27 09:30"));
  await fire(1);
  equal(new Set((await orders()).map(({ id }) => id)).size, 3);
});
