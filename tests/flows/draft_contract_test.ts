import { deepStrictEqual as deepEqual, match, ok, strictEqual as equal } from "node:assert/strict";
import type { CaseEvent } from "../../lib/domain/case_event.ts";
import { draftContract } from "../../lib/flows/draft_contract.ts";
import { summaryOf } from "../../lib/flows/summary.ts";
import type { ContractLines } from "../../lib/forms/contract_lines.ts";
import { accessCodeFits } from "../../lib/link/access_code.ts";
import { paperWorld } from "../support/paper_world.ts";
import { putCase } from "../support/put_case.ts";
import { CONTACT, draftedWith, executed, FORM, OFFICER, opened, sentWith } from "../support/sample_case.ts";

const FIXTURES = new URL("../fixtures/", import.meta.url);
const GOOD = "contracts/keiyakusho_buppin.pdf";
const LINES: ContractLines = { contractDate: "2026-12-01", faults: [] };
const TEXT = "株式会社見本　代表取締役　見本一郎　文書管理システム保守業務委託　令和8年12月1日";

async function desk(events: readonly CaseEvent[] = opened, text = TEXT) {
  const renderer = { text: () => Promise.resolve(text), close: () => Promise.resolve() };
  const paper = paperWorld({ renderer: { ...paperWorld().world.renderer, ...renderer } });
  const number = await putCase(paper.world.store, events);
  /** Hands files of the fixtures in under their own names. */
  async function offer(paths: readonly string[], facts: { lines?: ContractLines; copied?: string[] } = {}) {
    const files = await Promise.all(paths.map(async (path) => {
      const { sha256: blob, size } = await paper.world.blobs.put(
        await Deno.readFile(new URL(path, FIXTURES)),
      );
      return { filename: path.slice(path.indexOf("/") + 1), blob, size };
    }));
    const { lines = LINES, copied = [] } = facts;
    const state = await paper.state(number);
    return await draftContract(paper.world, state, { officer: OFFICER, files, lines, mail: null, copied });
  }
  const warnings = async () =>
    (await summaryOf(paper.world, await paper.state(number))).warnings.map(({ code }) => code);
  return { ...paper, number, offer, warnings };
}

Deno.test("a contract becomes the draft, with what the form and the mail say", async () => {
  const { offer, state, number, orders, warnings } = await desk();
  ok("state" in await offer([GOOD]));
  const { draft, phase } = await state(number);
  equal(phase, "drafted");
  equal(draft?.title, FORM.contractName);
  equal(draft?.contractDate, "2026-12-01");
  equal(draft?.documents[0]?.name, "keiyakusho_buppin.pdf");
  ok((draft?.documents[0]?.pages ?? 0) > 0);
  deepEqual((await orders()).map(({ letter, to }) => [letter, to]), [["draft-summary", OFFICER.address]]);
  deepEqual(await warnings(), []);
});

Deno.test("a font that is not embedded is named to the officer, with its pages", async () => {
  const { offer, state, number, world, warnings } = await desk();
  ok("state" in await offer(["contracts/fonts_not_embedded.pdf"]));
  deepEqual(await warnings(), ["fonts_not_embedded"]);
  const [warning] = (await summaryOf(world, await state(number))).warnings;
  match(warning!.sentence, /^フォントが埋め込まれていません。.+（[!-~]+：1.*ページ[^）]*）$/);
});

Deno.test("files that can't be sealed come back with a reason each, and nothing is drafted", async () => {
  const { offer, state, number } = await desk();
  const outcome = await offer([
    GOOD,
    "pdf/not-a-pdf.pdf",
    "pdf/encrypted-rc4.pdf",
    "pdf/truncated-body.pdf",
    "pdf/javascript.pdf",
    "pdf/xfa.pdf",
    "pdf/embedded-file.pdf",
    "pdf/certified-p1.pdf",
  ]);
  ok("problems" in outcome);
  deepEqual(outcome.problems.map(({ about }) => about), [
    "not-a-pdf.pdf",
    "encrypted-rc4.pdf",
    "truncated-body.pdf",
    "javascript.pdf",
    "xfa.pdf",
    "embedded-file.pdf",
    "certified-p1.pdf",
  ]);
  deepEqual(outcome.problems.filter(({ about }) => !/trunc/.test(about!)).map(({ code }) => code), [
    "not_pdf",
    "encrypted",
    "javascript",
    "xfa",
    "embedded_files",
    "docmdp_locked",
  ]);
  equal((await state(number)).draft, null);
});

Deno.test("a file above the limit is refused before it is read", async () => {
  const { world, offer } = await desk();
  const limits = { ...world.settings.limits, maxPdfBytes: 1_000 };
  Object.assign(world, { settings: { ...world.settings, limits } });
  deepEqual(await offer([GOOD]), { problems: [{ code: "too_large", about: "keiyakusho_buppin.pdf" }] });
});

Deno.test("a line that can't be understood is named", async () => {
  const { offer } = await desk();
  const outcome = await offer([GOOD], { lines: { faults: ["契約日: 近日中"] } });
  deepEqual(outcome, { problems: [{ code: "bad_line", about: "契約日: 近日中" }] });
});

Deno.test("what the contract does not say is warned of", async () => {
  const { offer, warnings } = await desk(opened, "");
  await offer([GOOD]);
  deepEqual(await warnings(), [
    "company_not_found",
    "representative_not_found",
    "title_not_found",
    "contract_date_not_found",
  ]);
});

Deno.test("a near 契約日 with two confirmers is warned of, in words", async () => {
  const { offer, world, state, number } = await desk();
  await offer([GOOD], { lines: { contractDate: "2026-11-25", faults: [] } });
  const { warnings } = await summaryOf(world, await state(number));
  const near = warnings.find(({ code }) => code === "contract_date_near");
  match(near!.sentence, /確認者が2名いますが、契約日まであと1日です/);
});

Deno.test("an access code is kept hashed; in a mail that the vendor got too it is warned of", async () => {
  const { offer, world, state, number, warnings } = await desk();
  const lines = { ...LINES, accessCode: "2468" };
  await offer([GOOD], { lines, copied: [OFFICER.address, CONTACT.address.toUpperCase()] });
  const kept = (await state(number)).draft!.accessCode!;
  equal(await accessCodeFits(world.keys, kept, "2468"), true);
  deepEqual(await warnings(), ["code_in_copy"]);
  await offer([GOOD], { lines, copied: [OFFICER.address] });
  deepEqual(await warnings(), []);
});

Deno.test("a corrected PDF keeps what the earlier mail said and this one does not", async () => {
  const term = { from: "2026-12-01", to: "2027-03-31" };
  const { offer, state, number } = await desk(draftedWith({ term, amount: 500 }));
  await offer([GOOD], { lines: { amount: 600, faults: [] } });
  const { draft } = await state(number);
  deepEqual([draft?.contractDate, draft?.term, draft?.amount], ["2026-12-01", term, 600]);
});

Deno.test("approvers named by address only get their name from the settings", async () => {
  const { offer, state, number } = await desk();
  const approvers = [
    { name: "", address: "Approver@pref.example.lg.jp" },
    { name: "", address: "guest@pref.example.lg.jp" },
    { name: "副 知事", address: "vice@pref.example.lg.jp" },
  ];
  await offer([GOOD], { lines: { ...LINES, approvers } });
  deepEqual((await state(number)).draft?.approvers?.map(({ name }) => name), [
    "会計 花子",
    "guest@pref.example.lg.jp",
    "副 知事",
  ]);
});

Deno.test("two files of one name are told apart", async () => {
  const { offer, state, number } = await desk();
  await offer([GOOD, GOOD]);
  deepEqual((await state(number)).draft?.documents.map(({ name }) => name), [
    "keiyakusho_buppin.pdf",
    "keiyakusho_buppin（2）.pdf",
  ]);
});

Deno.test("a case that was sent, concluded or turned to paper takes no draft", async () => {
  const paperWished: CaseEvent = { did: "paperWished", at: opened[0]!.at, by: CONTACT.address };
  for (
    const [events, code] of [
      [sentWith(), "already_sent"],
      [executed(), "case_executed"],
      [[...opened, paperWished], "case_paper"],
    ] as const
  ) {
    const { offer } = await desk(events);
    deepEqual(await offer([GOOD]), { refused: code });
  }
});

Deno.test("a 契約日 that has passed is refused", async () => {
  const { offer } = await desk();
  const outcome = await offer([GOOD], { lines: { contractDate: "2026-11-23", faults: [] } });
  deepEqual(outcome, { refused: "contract_date_past" });
});
