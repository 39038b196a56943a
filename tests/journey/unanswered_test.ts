import {
  deepStrictEqual as deepEqual,
  doesNotMatch,
  match,
  ok,
  strictEqual as equal,
} from "node:assert/strict";
import { holidayCalendar } from "../../lib/adapters/holiday_calendar.ts";
import { inBusinessTime } from "../../lib/domain/business_time.ts";
import { readCase, readHistory } from "../../lib/flows/case_records.ts";
import { openLink } from "../../lib/flows/links.ts";
import { jst, lettersWithTimes, passUntil } from "../support/pass_time.ts";
import { inService, OFFICER, type PlayedService, sentContract, VENDOR } from "../support/played_service.ts";

const LINES = (day: string) => `契約日: ${day}\n契約期間: ${day}〜2027-03-31\n`;
const { confirmer } = VENDOR;
const OF_TIME = ["reminder", "expired", "link-requested", "digest"];
const remindersOf = (service: PlayedService) => lettersWithTimes(service, confirmer, ["reminder"]);
const toldOfficer = (service: PlayedService) => lettersWithTimes(service, OFFICER, OF_TIME);

Deno.test("R19 R32 R33 the life of a request that nobody answers, from its first day to the end", () =>
  inService(async (service) => {
    const { world, clock, mailTo, letters, pageOf, press, browser } = service;
    // Tuesday 24 November; 契約日 is Monday 7 December, the link ends on Friday 4 December.
    const number = await sentContract(service, { lines: LINES("2026-12-07") });
    await passUntil(service, jst("2026-12-01 12:00"));
    deepEqual(await remindersOf(service), ["2026-12-01 10:03 reminder"]);
    const reminder = await mailTo(confirmer, "reminder");
    match(reminder.mail.text, /リンクの有効期限は、あと3日ほどです（令和8年12月4日 10時03分 まで）/);
    doesNotMatch(reminder.mail.text, /契約日まで/);
    ok(!reminder.mail.text.includes("パスワードを入力"));
    deepEqual(await toldOfficer(service), ["2026-12-01 10:03 reminder"]);
    match((await mailTo(OFFICER, "reminder")).mail.text, /5営業日、動きがありません/);

    // The links of both letters open the same request until the same end.
    const request = await mailTo(confirmer, "request");
    const opened = await Promise.all(
      [request, reminder].map((each) => openLink(world, each.token("/c/"), "request")),
    );
    equal(opened[0]?.link.expiresAt, opened[1]?.link.expiresAt);
    equal(opened[0]?.link.issue, opened[1]?.link.issue);

    await passUntil(service, jst("2026-12-04 12:00"));
    deepEqual((await toldOfficer(service)).slice(1), ["2026-12-04 10:03 expired"]);
    // 契約日 is 3 days away that morning, an hour before the link ends.
    equal((await remindersOf(service)).length, 2);

    const path = await pageOf(confirmer, "reminder", "c");
    equal((await browser(confirmer).send(path)).status, 410);
    equal((await press(confirmer, path, "renew")).status, 303);
    match((await mailTo(OFFICER, "link-requested")).mail.text, /新しいリンクの請求がありました/);
    const page = await pageOf(OFFICER, "link-requested");
    equal((await press(OFFICER, page, "resend")).status, 303);
    equal((await letters(confirmer, "request")).length, 2);
    equal((await browser(confirmer).send(await pageOf(confirmer, "request", "c"))).status, 200);
    equal((await browser(confirmer).send(path)).status, 410);

    // The day before is a Sunday: the word of it goes on Monday morning, which is 契約日 itself.
    await passUntil(service, jst("2026-12-08 08:00"));
    deepEqual((await remindersOf(service)).slice(2), ["2026-12-07 09:00 reminder"]);
    match((await mailTo(confirmer, "reminder")).mail.text, /本日が契約日です。契約日の24時を過ぎると/);
    equal((await toldOfficer(service)).at(-1), "2026-12-07 09:00 reminder");
    const closing = await mailTo(OFFICER, "reminder");
    match(closing.mail.subject, /本日が契約日です（手続き未了）/);
    match(closing.mail.text, /確認者１ 割符 一郎 様：令和8年12月4日 .* 依頼済み（未閲覧）/);
    match(closing.mail.text, /承認者１ .* 様：依頼前/);

    await passUntil(service, jst("2026-12-08 09:00"));
    equal((await toldOfficer(service)).at(-1), "2026-12-08 09:00 expired");
    match((await mailTo(OFFICER, "expired")).mail.subject, /契約日を過ぎたため受付を終了しました/);
    const fresh = await pageOf(confirmer, "request", "c");
    match(await (await browser(confirmer).send(fresh)).text(), /契約日を過ぎています/);

    // It stays closed, and the officer hears once of each standstill.
    await passUntil(service, jst("2027-01-29 12:00"));
    deepEqual((await toldOfficer(service)).slice(-2), [
      "2026-12-11 12:02 reminder",
      "2026-12-14 12:02 expired",
    ]);
    equal((await remindersOf(service)).length, 3);
    const { phase } = (await readCase(world.store, number))!.value;
    equal(phase, "circulating");
    const words = (await readHistory(world.store, number)).map(({ event }) => event.did);
    equal(words.filter((did) => did === "reminded").length, 3);
    for (
      const { entry } of [...await letters(confirmer, "reminder"), ...await letters(OFFICER, "reminder")]
    ) {
      ok(inBusinessTime(entry.at, holidayCalendar.isBusinessDay), entry.at);
    }
    ok(clock.now() > jst("2027-01-01 00:00"));
  }));
