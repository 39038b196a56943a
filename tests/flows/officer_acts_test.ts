import {
  deepStrictEqual as deepEqual,
  notStrictEqual as notEqual,
  rejects,
  strictEqual as equal,
} from "node:assert/strict";
import type { CaseEvent } from "../../lib/domain/case_event.ts";
import type { Outcome } from "../../lib/flows/act.ts";
import {
  handOn,
  mendForm,
  refuseForm,
  reopen,
  resend,
  sendContract,
  setAccessCode,
  withdraw,
} from "../../lib/flows/officer_acts.ts";
import { acceptForm } from "../../lib/flows/send_anew.ts";
import { summaryOf } from "../../lib/flows/summary.ts";
import { submitForm, wishPaper } from "../../lib/flows/vendor_acts.ts";
import { paperWorld } from "../support/paper_world.ts";
import { openedLink, putCase } from "../support/put_case.ts";
import {
  askedWith,
  CONTACT,
  draftedWith,
  executed,
  FORM,
  minute,
  OFFICER,
  opened,
} from "../support/sample_case.ts";

const did = (outcome: Outcome) =>
  "refused" in outcome ? outcome.refused : outcome.events.map(({ event }) => event.did);

async function at(minutes: number, events: readonly CaseEvent[]) {
  const paper = paperWorld();
  paper.clock.set(minute(minutes));
  const number = await putCase(paper.world.store, events);
  return {
    ...paper,
    number,
    open: () => openedLink(paper.world.store, number, { purpose: "officer", address: OFFICER.address }),
    vendor: () => openedLink(paper.world.store, number, { purpose: "form", address: CONTACT.address }),
  };
}

Deno.test("the tap sends what the summary showed, in the officer's name", async () => {
  const { world, open, state, number } = await at(20, draftedWith());
  const { digest } = await summaryOf(world, (await open()).state);
  deepEqual(did(await sendContract(world, await open(), { digest, contractDate: null, term: null })), [
    "sent",
  ]);
  const sent = await state(number);
  deepEqual(sent.draft?.officer, OFFICER);
  deepEqual(sent.parties.map((party) => party.id), ["Confirmer2", "Confirmer1", "Approver1"]);
});

Deno.test("a tap on an older summary sends nothing", async () => {
  const { world, open } = await at(20, draftedWith());
  const { digest } = await summaryOf(world, (await open()).state);
  await mendForm(world, await open(), { ...FORM, phone: "028-000-9999" });
  notEqual((await summaryOf(world, (await open()).state)).digest, digest);
  equal(
    did(await sendContract(world, await open(), { digest, contractDate: null, term: null })),
    "summary_changed",
  );
});

Deno.test("契約日 and 契約期間 may be given with the tap", async () => {
  const { world, open, state, number } = await at(20, draftedWith({ contractDate: null, term: null }));
  const { digest } = await summaryOf(world, (await open()).state);
  const tap = { digest, contractDate: null, term: null };
  equal(did(await sendContract(world, await open(), tap)), "contract_date_missing");
  equal(did(await sendContract(world, await open(), { ...tap, contractDate: "2026-12-01" })), "term_missing");
  const term = { from: "2026-12-01", to: "2027-03-31" };
  await sendContract(world, await open(), { digest, contractDate: "2026-12-01", term });
  deepEqual((await state(number)).draft?.term, term);
});

Deno.test("an officer, an approver or the bot can be no confirmer", async () => {
  for (
    const address of [
      "head-zaisan@pref.example.lg.jp",
      "Approver@pref.example.lg.jp",
      "keiyaku@bot.example.lg.jp",
    ]
  ) {
    const [vendor] = FORM.vendors;
    const form = { ...FORM, vendors: [{ ...vendor!, confirmers: [{ name: "名", address }] }] };
    const { world, open } = await at(20, draftedWith());
    await mendForm(world, await open(), form);
    const { digest } = await summaryOf(world, (await open()).state);
    equal(
      did(await sendContract(world, await open(), { digest, contractDate: null, term: null })),
      "parties_overlap",
    );
  }
});

Deno.test("an officer whom the settings do not name signs by address", async () => {
  const { world, number, state } = await at(20, draftedWith());
  const link = await openedLink(world.store, number, {
    purpose: "officer",
    address: "left@pref.example.lg.jp",
  });
  const { digest } = await summaryOf(world, link.state);
  await sendContract(world, link, { digest, contractDate: null, term: null });
  equal((await state(number)).draft?.officer.name, "left@pref.example.lg.jp");
});

Deno.test("resending makes a new issue, withdrawing tells whoever was asked", async () => {
  const { world, open, state, number, orders } = await at(40, askedWith());
  deepEqual(did(await resend(world, await open())), ["requested"]);
  equal((await state(number)).parties[0]?.issue, 2);
  deepEqual(did(await withdraw(world, await open(), "仕様の変更のため")), ["withdrawn"]);
  deepEqual((await orders()).map(({ letter, to }) => [letter, to]), [
    ["request", "jiro@vendor.example.jp"],
    ["withdrawn", "jiro@vendor.example.jp"],
  ]);
  equal(did(await resend(world, await open())), "case_closed");
});

Deno.test("after execution nothing can be undone", async () => {
  const { world, open } = await at(61, executed());
  equal(did(await withdraw(world, await open(), "やめます")), "case_executed");
  equal(did(await reopen(world, await open(), "やり直し")), "case_executed");
});

Deno.test("an access code is kept hashed, and an empty one takes it away", async () => {
  const { world, open, state, number } = await at(20, draftedWith());
  deepEqual(did(await setAccessCode(world, await open(), "2468")), ["codeSet"]);
  const kept = (await state(number)).draft?.accessCode;
  equal(kept?.includes("2468"), false);
  await setAccessCode(world, await open(), "　");
  equal((await state(number)).draft?.accessCode, null);
});

Deno.test("a form from the web page is a proposal until accepted", async () => {
  const { world, open, vendor, state, number } = await at(5, opened);
  const form = { ...FORM, phone: "028-000-9999" };
  equal(did(await acceptForm(world, await open())), "no_proposal");
  deepEqual(did(await submitForm(world, await vendor(), form)), ["formProposed"]);
  equal((await state(number)).form?.phone, FORM.phone);
  deepEqual(did(await acceptForm(world, await open())), ["formAccepted"]);
  equal((await state(number)).form?.phone, form.phone);
});

Deno.test("paper instead closes the case and tells the officers", async () => {
  const { world, open, vendor, orders } = await at(5, opened);
  deepEqual(did(await wishPaper(world, await vendor())), ["paperWished"]);
  deepEqual((await orders()).map(({ letter, to }) => [letter, to]), [["paper", OFFICER.address]]);
  equal(did(await mendForm(world, await open(), FORM)), "case_paper");
});

Deno.test("a refused form tells the vendor, a case handed on the other department", async () => {
  const refused = await at(5, opened);
  await refuseForm(refused.world, await refused.open(), "電子契約の対象外です。");
  deepEqual((await refused.orders()).map(({ letter, to }) => [letter, to]), [["refusal", CONTACT.address]]);
  const handed = await at(5, opened);
  await handOn(handed.world, await handed.open(), "zaisan");
  deepEqual((await handed.orders()).map(({ letter, to }) => [letter, to]), [
    ["case-notice", "officer-zaisan@pref.example.lg.jp"],
  ]);
  const drafted = await at(15, draftedWith());
  await handOn(drafted.world, await drafted.open(), "zaisan");
  deepEqual((await drafted.orders()).map(({ letter, to }) => [letter, to]), [
    ["draft-summary", "officer-zaisan@pref.example.lg.jp"],
  ]);
  const link = await handed.open();
  await rejects(handOn(handed.world, link, "nobody"), RangeError);
});

Deno.test("R14 R28 a contract above ten years goes out while timestamps are renewed, and else is refused", async () => {
  const term = { from: "2026-12-01", to: "2041-11-30" };
  const sent = async (renew: boolean) => {
    const { world, open } = await at(20, draftedWith({ term }));
    const settings = { ...world.settings, timestamp: { ...world.settings.timestamp, renew } };
    const { digest } = await summaryOf(world, (await open()).state);
    const tap = { digest, contractDate: null, term: null };
    return did(await sendContract({ ...world, settings }, await open(), tap));
  };
  deepEqual(await sent(true), ["sent"]);
  deepEqual(await sent(false), "term_too_long");
});
