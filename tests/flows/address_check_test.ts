import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import type { ConsentForm } from "../../lib/domain/consent_form.ts";
import { act, openCase } from "../../lib/flows/act.ts";
import { PortError } from "../../lib/ports.ts";
import { letterDesk } from "../support/letter_desk.ts";
import { DRAFT, FORM, minute, OFFICER, OPEN, sentWith } from "../support/sample_case.ts";
import { TEST_SETTINGS } from "../support/test_settings.ts";

const ICHIRO = "ichiro@vendor.example.jp";
const JIRO = "jiro@vendor.example.jp";
const { number } = OPEN;

function desk(confirmAddresses = true) {
  const letters = letterDesk({ settings: { ...TEST_SETTINGS, confirmAddresses } });
  const checks = async () =>
    (await letters.ordered("address-check")).map(({ id, payload }) => ({ id, ...payload as { to: string } }));
  const accept = async (form: ConsentForm, at: number) =>
    await act(letters.world, number, { do: "mendForm", at: minute(at), form, by: OFFICER.address });
  const run = async () => {
    for (const due of await letters.ordered("address-check")) await letters.post(due);
  };
  return { ...letters, desk: letters, checks, accept, run };
}

const withSecond = (address: string): ConsentForm => {
  const [vendor] = FORM.vendors;
  const [first] = vendor!.confirmers;
  return { ...FORM, vendors: [{ ...vendor!, confirmers: [first!, { name: "見本 三郎", address }] }] };
};

Deno.test("unless the settings say so nobody is written to", async () => {
  const { world, checks, accept } = desk(false);
  ok(await openCase(world, OPEN));
  await accept(FORM, 1);
  deepEqual(await checks(), []);
});

Deno.test("once the officer has accepted the form each confirmer hears of it, and needs to do nothing", async () => {
  const { world, checks, accept, run, sent, ordered } = desk();
  ok(await openCase(world, OPEN));
  deepEqual(await checks(), []);
  await accept(FORM, 1);
  await run();
  deepEqual(sent.map(({ to }) => to).sort(), [ICHIRO, JIRO]);
  ok((await ordered("address-check")).every(({ lane }) => lane !== undefined));
  const [mail] = sent;
  match(mail!.text, /株式会社見本/);
  match(mail!.text, /文書管理システム保守業務委託/);
  match(mail!.text, /keiyaku@bot\.example\.lg\.jp/);
  match(mail!.text, /何もしていただく必要はありません/);
  ok(!/\/(?:c|s|o|d|f)\//.test(mail!.text));
  equal(mail!.headers["X-Warifu-Kind"], "case-notice");
  equal(mail!.headers["Auto-Submitted"], "auto-generated");
});

Deno.test("the contract handed in accepts the first form as well; each address hears once", async () => {
  const { world, accept, run, sent } = desk();
  ok(await openCase(world, OPEN));
  await act(world, number, { do: "draft", at: minute(1), draft: DRAFT, mail: null });
  await run();
  await accept(withSecond("new@vendor.example.jp"), 2);
  await run();
  await accept(FORM, 3);
  await run();
  deepEqual(sent.map(({ to }) => to).sort(), [ICHIRO, JIRO, "new@vendor.example.jp"]);
});

Deno.test("what is no address, or the same in another spelling, gets nothing of its own", async () => {
  const { world, checks, accept } = desk();
  ok(await openCase(world, OPEN));
  await accept(withSecond("ＩＣＨＩＲＯ@vendor.example.jp"), 1);
  await accept(withSecond("none"), 2);
  deepEqual([...new Set((await checks()).map(({ to }) => to))], [ICHIRO]);
});

Deno.test("once the request is on its way the early word is not written any more", async () => {
  const { put, entry, post, sent } = desk();
  await put(sentWith());
  await post(entry("address-check", JIRO));
  equal(sent.length, 0);
});

Deno.test("an address that does not exist is told to the officer while there is time", async () => {
  const { desk: relay, world, accept, run, ordered } = desk();
  relay.fault = ({ to }) =>
    to === JIRO ? new PortError("refused", "550 5.1.1 no such user", { retryable: false }) : null;
  ok(await openCase(world, OPEN));
  await accept(FORM, 1);
  await run();
  await run();
  const problems = await ordered("delivery-problem");
  deepEqual(
    problems.map(({ payload }) => {
      const { to, about } = payload as { to: string; about: { failed: string; recipient: string } };
      return [to, about.failed, about.recipient];
    }),
    [[OFFICER.address, "address-check", JIRO]],
  );
});
