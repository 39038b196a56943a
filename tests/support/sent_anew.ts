/**
 * What officers and judges do in tests of contracts that are sent anew: hand a corrected PDF in on the case's page,
 * come back to it on another day, and look at what was executed in the end.
 *
 * @module
 */
import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import type { Case } from "../../lib/domain/case.ts";
import { readCase } from "../../lib/flows/case_records.ts";
import { openDocument } from "../../lib/flows/seal.ts";
import { verifyPdf } from "../../lib/pades/verify.ts";
import { demoSettings } from "../../lib/settings/demo_settings.ts";
import type { Settings } from "../../lib/settings/settings.ts";
import { GOODS_FORM, OFFICER, type PlayedService } from "./played_service.ts";

/** The vendor's second confirmer, who is asked first. */
export const JIRO = "jiro@shop.example.jp";

/** A form with two confirmers: 割符 二郎 is asked before 割符 一郎. */
export const TWO_CONFIRMERS: string = [
  GOODS_FORM,
  "確認者２氏名：割符 二郎",
  `確認者２メールアドレス：${JIRO}`,
].join("\n");

/** A second officer of the default desk. */
export const COLLEAGUE = "colleague@pref.example.lg.jp";

/** The demonstration's settings with a second officer at the default desk. */
export const TWO_OFFICERS: Settings = {
  ...demoSettings,
  departments: demoSettings.departments.map((department) =>
    department.id === "bukken"
      ? { ...department, officers: [...department.officers, { name: "契約 次郎", email: COLLEAGUE }] }
      : department
  ),
};

/** The case as it is now. */
export async function caseNow({ world }: PlayedService, number: string): Promise<Case> {
  return (await readCase(world.store, number))!.value;
}

/** Posts a form with files of the fixtures, from the page that it stands on; the answer. */
export async function handIn(
  { browser, drain, clock }: PlayedService,
  { person = OFFICER, page, step, pdfs, values = {} }: {
    readonly person?: string;
    readonly page: string;
    readonly step: string;
    readonly pdfs: readonly string[];
    readonly values?: Readonly<Record<string, string>>;
  },
): Promise<Response> {
  const visitor = browser(person);
  const body = new FormData();
  body.set("guard", await visitor.guard(page, `${page}/${step}`));
  for (const [name, value] of Object.entries(values)) body.set(name, value);
  for (const name of pdfs) {
    const content = await Deno.readFile(new URL(`../fixtures/contracts/${name}`, import.meta.url));
    body.append("pdf", new File([content], name, { type: "application/pdf" }));
  }
  clock.advance(60_000);
  const answer = await visitor.send(`${page}/${step}`, { method: "POST", body });
  await drain();
  return answer;
}

/** The case's page, by a fresh link: the officer answers the case's newest letter with 「状況」. */
export async function freshPage(
  { send, mailTo, pageOf }: PlayedService,
  person: string = OFFICER,
): Promise<string> {
  const { mail } = await mailTo(OFFICER);
  await send({ from: person, to: mail.replyTo!, subject: "状況", text: "" });
  return await pageOf(person, "status");
}

/** Status of the page behind a request's link. */
export async function statusOf({ browser }: PlayedService, person: string, path: string): Promise<number> {
  const answer = await browser(person).send(path);
  await answer.body?.cancel();
  return answer.status;
}

/** Judges every executed PDF of a completed case: valid, and its signatures say in order that these people acted. */
export async function executedBy(
  service: PlayedService,
  number: string,
  people: readonly string[],
): Promise<void> {
  const { world, clock } = service;
  const state = await caseNow(service, number);
  equal(state.phase, "completed");
  for (const document of state.draft!.documents) {
    const source = await openDocument(world.blobs, document);
    const report = await verifyPdf(source, { trustRoots: world.trustRoots, at: clock.now() });
    source.close();
    equal(report.verdict, "valid");
    const reasons = report.revisions.map(({ reason }) => reason ?? "").filter((reason) =>
      reason.includes("（")
    );
    deepEqual(reasons.map((reason) => /^[^（]+/.exec(reason)?.[0]), people);
    ok(reasons.every((reason) => reason.includes("認証方法：メール認証")));
  }
}
