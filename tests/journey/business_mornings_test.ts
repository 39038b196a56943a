import {
  deepStrictEqual as deepEqual,
  doesNotMatch,
  match,
  ok,
  strictEqual as equal,
} from "node:assert/strict";
import { beginDigests } from "../../lib/flows/digests.ts";
import { readHistory } from "../../lib/flows/case_records.ts";
import { openLink } from "../../lib/flows/links.ts";
import { resend } from "../../lib/flows/officer_acts.ts";
import { PortError } from "../../lib/ports.ts";
import { jst, lettersWithTimes, passUntil } from "../support/pass_time.ts";
import {
  BOT,
  GOODS_FORM,
  inService,
  OFFICER,
  type PlayedService,
  sentContract,
  VENDOR,
} from "../support/played_service.ts";

const LINES = (day: string) => `契約日: ${day}\n契約期間: ${day}〜2027-03-31\n`;
const { confirmer, contact } = VENDOR;
const remindersOf = (service: PlayedService) => lettersWithTimes(service, confirmer, ["reminder"]);
const digestsOf = (service: PlayedService, to = OFFICER) => lettersWithTimes(service, to, ["digest"]);

Deno.test("R32 over the turn of the year nobody is written to: the word goes before, or on 4 January", () =>
  inService(async (service) => {
    service.clock.set(jst("2026-12-24 15:00"));
    // The link ends on 3 January; 契約日 is Monday 4 January, the first business day of the year.
    await sentContract(service, { lines: LINES("2027-01-04") });
    await passUntil(service, jst("2027-01-06 12:00"));
    deepEqual(await remindersOf(service), ["2026-12-28 09:00 reminder"]);
    match((await service.mailTo(confirmer, "reminder")).mail.text, /リンクの有効期限は、あと6日ほどです/);
    deepEqual((await lettersWithTimes(service, OFFICER, ["reminder", "expired"])).sort(), [
      "2027-01-04 09:00 expired",
      "2027-01-04 09:00 reminder",
      "2027-01-05 09:00 expired",
    ]);
  }));

Deno.test("R32 after an outage of a week the reminders that are overdue come as one, in business time", () =>
  inService(async (service) => {
    await sentContract(service, { lines: LINES("2026-12-03") });
    // The service stands from Wednesday to Wednesday: 3 days and 1 day before 契約日, and 3 days of the link, pass.
    service.clock.set(jst("2026-12-02 20:00"));
    await service.drain();
    deepEqual(await remindersOf(service), []);
    await passUntil(service, jst("2026-12-03 16:00"));
    deepEqual(await remindersOf(service), ["2026-12-03 09:00 reminder"]);
    const { mail } = await service.mailTo(confirmer, "reminder");
    match(mail.text, /本日が契約日です。契約日の24時を過ぎると、同意・承認の受付を終了します。/);
    match(mail.text, /リンクの有効期限は、あと1日ほどです/);
    await service.agree(confirmer);
    await passUntil(service, jst("2026-12-07 12:00"));
    equal((await remindersOf(service)).length, 1);
  }));

Deno.test("R32 of reminders that their relay did not take, only the newest goes, and in business time", () => {
  let down = false;
  return inService(async (service) => {
    await sentContract(service, { lines: LINES("2026-12-02") });
    down = true;
    await passUntil(service, jst("2026-12-01 18:00"));
    down = false;
    await passUntil(service, jst("2026-12-02 08:59"));
    deepEqual(await remindersOf(service), []);
    await passUntil(service, jst("2026-12-02 12:00"));
    deepEqual(await remindersOf(service), ["2026-12-02 09:00 reminder"]);
  }, {
    wrap: (world) => ({
      ...world,
      mailer: {
        ...world.mailer,
        send: (mail) =>
          down
            ? Promise.reject(new PortError("unavailable", "Cannot send: it is down", { retryable: true }))
            : world.mailer.send(mail),
      },
    }),
  });
});

Deno.test("R32 each business morning one digest an officer: what waits for whom, what needs a hand; none when nothing does", () =>
  inService(async (service) => {
    const { world, send, press, pageOf, mailTo, drain } = service;
    await beginDigests(world);
    await passUntil(service, jst("2026-11-25 12:00"));
    deepEqual(await digestsOf(service), []);

    const number = await sentContract(service, { lines: LINES("2026-12-25") });
    await send({
      from: contact,
      to: BOT,
      subject: "同意書の提出",
      text: GOODS_FORM.replace("事務用品", "机"),
    });
    await passUntil(service, jst("2026-11-26 09:00"));
    deepEqual(await digestsOf(service), ["2026-11-26 09:00 digest"]);
    const first = await mailTo(OFFICER, "digest");
    match(
      first.mail.subject,
      /本日のお知らせ（ご対応をお待ちしている案件 1件、確認・承認待ちの案件 1件）/,
    );
    match(first.mail.text, /机の購入/);
    match(first.mail.text, /契約書の提出待ち（1日経過）/);
    match(first.mail.text, /確認者１ 割符 一郎 様の確認待ち（1日経過）/);
    const caseLink = new RegExp(`(/o/[A-Za-z0-9_-]{51}/cases/${number})$`, "m").exec(first.mail.text)?.[1] ??
      "";
    equal((await service.browser(OFFICER).send(caseLink)).status, 200);
    const listLink = /(\/o\/[A-Za-z0-9_-]{51}\/list)$/m.exec(first.mail.text)?.[1] ?? "";
    equal((await service.browser(OFFICER).send(listLink)).status, 200);

    // A question is not answered; it moves the case into the officer's part.
    const path = await pageOf(confirmer, "request", "c");
    equal((await press(confirmer, path, "open")).status, 303);
    const asked = await service.browser(confirmer).post(`${path}/question`, `${path}/question`, {
      question: "納期を相談させてください。",
    });
    equal(asked.status, 303);
    await drain();

    // Two more starts, and a process that ended after it had ordered the letters, change nothing.
    await beginDigests(world);
    await Promise.all([beginDigests(world), beginDigests(world)]);
    await passUntil(service, jst("2026-11-30 12:00"));
    deepEqual((await digestsOf(service)).slice(1), ["2026-11-27 09:00 digest", "2026-11-30 09:00 digest"]);
    const third = await mailTo(OFFICER, "digest");
    match(third.mail.text, /質問・相談があり、まだ対応がありません/);
    match(third.mail.subject, /ご対応をお待ちしている案件 2件/);

    for (const kind of ["question", "case-notice"]) {
      equal((await press(OFFICER, await pageOf(OFFICER, kind), "withdraw", { reason: "中止" })).status, 303);
    }
    await passUntil(service, jst("2026-12-04 12:00"));
    equal((await digestsOf(service)).length, 3);
  }));

Deno.test("R32 an outage and a clock that was wrong bring no second digest, and none is lost for good", () =>
  inService(async (service) => {
    const { world, clock, send, drain } = service;
    await beginDigests(world);
    await send({ from: contact, to: BOT, subject: "同意書の提出", text: GOODS_FORM });
    clock.set(jst("2026-12-05 10:00"));
    await drain();
    deepEqual(await digestsOf(service), []);
    await passUntil(service, jst("2026-12-07 10:00"));
    deepEqual(await digestsOf(service), ["2026-12-07 09:00 digest"]);

    // The clock runs a year ahead, a morning passes there, and is put right again at the next start.
    clock.set(jst("2027-12-06 10:00"));
    await drain();
    equal((await digestsOf(service)).length, 2);
    clock.set(jst("2026-12-07 11:00"));
    await beginDigests(world);
    await passUntil(service, jst("2026-12-09 10:00"));
    deepEqual((await digestsOf(service)).sort(), [
      "2026-12-07 09:00 digest",
      "2026-12-08 09:00 digest",
      "2026-12-09 09:00 digest",
      "2027-12-06 10:00 digest",
    ]);
  }));

Deno.test("R33 a request is sent again five times an hour at most, by page or by mail, and each stands in the history", () =>
  inService(async (service) => {
    const { world, clock, letters, pageOf, press, send, mailTo } = service;
    const number = await sentContract(service);
    const page = await pageOf(OFFICER, "draft-summary");
    for (let n = 0; n < 4; n++) equal((await press(OFFICER, page, "resend")).status, 303);
    const { mail } = await mailTo(OFFICER, "draft-summary");
    await send({ from: OFFICER, to: mail.replyTo!, subject: "再送", text: "" });
    equal((await letters(confirmer, "request")).length, 6);

    const sixth = await press(OFFICER, page, "resend");
    equal(sixth.status, 429);
    ok(Number(sixth.headers.get("retry-after")) > 0);
    match(await sixth.text(), /短い時間に再送が繰り返されたため/);
    await send({ from: OFFICER, to: mail.replyTo!, subject: "再送", text: "" });
    match(
      (await mailTo(OFFICER, "refusal")).mail.text,
      /短い時間に再送が繰り返されたため、今回は送りませんでした/,
    );
    equal((await letters(confirmer, "request")).length, 6);

    clock.advance(3_600_000);
    const opened = await openLink(world, page.slice(3), "officer");
    ok("events" in await resend(world, opened!));
    await service.drain();
    equal((await letters(confirmer, "request")).length, 7);
    const history = (await readHistory(world.store, number)).map(({ event }) => event);
    equal(history.filter(({ did }) => did === "requested").length, 7);
    // Only the newest link opens anything.
    const paths = (await letters(confirmer, "request")).map((each) => `/c/${each.token("/c/")}`);
    const statuses = await Promise.all(
      paths.map(async (path) => (await service.browser("x").send(path)).status),
    );
    deepEqual(statuses, [410, 410, 410, 410, 410, 410, 200]);
  }));

Deno.test("R19 a new link is asked for three times a day at most; each press is answered kindly", () =>
  inService(async (service) => {
    const { world, letters, pageOf, press, browser } = service;
    const number = await sentContract(service, { lines: LINES("2026-12-25") });
    await passUntil(service, jst("2026-12-05 12:00"));
    const path = await pageOf(confirmer, "request", "c");
    for (let n = 0; n < 6; n++) {
      const answer = await press(confirmer, path, "renew");
      equal(answer.headers.get("location"), `${path}/renew/sent`);
      match(await (await browser(confirmer).send(`${path}/renew/sent`)).text(), /担当課に知らせました/);
    }
    equal((await letters(OFFICER, "link-requested")).length, 3);
    const history = (await readHistory(world.store, number)).map(({ event }) => event);
    equal(history.filter(({ did }) => did === "linkRequested").length, 3);
    doesNotMatch((await letters(OFFICER, "link-requested"))[0]!.mail.text, /\/c\//);
    await passUntil(service, jst("2026-12-06 13:00"));
    await press(confirmer, path, "renew");
    equal((await letters(OFFICER, "link-requested")).length, 4);
  }));
