/**
 * The papers and people of the demonstration: 見本県's 会計局会計管理課 buys stationery from a fictional shop.
 *
 * @module
 */
import type { JobScript } from "./main_job.ts";
import type { PostedFile } from "./post_mail.ts";

const PAPERS = new URL("../../tests/fixtures/", import.meta.url);
const WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

async function paper(path: string, filename: string, contentType: string): Promise<PostedFile> {
  return { filename, contentType, content: await Deno.readFile(new URL(path, PAPERS)) };
}

/** The papers' 契約日 is 1 December 2026: a later clock is set back to this, so that it lies ahead. */
const LATEST_START = Date.parse("2026-11-24T01:00:00Z");

/** `DEV_CLOCK_OFFSET` for a service on which the demonstration is played, in seconds. */
export function demoClockOffset(): number {
  return Math.min(0, Math.floor((LATEST_START - Date.now()) / 1000));
}

/** A consent form with two confirmers, one contract, and one approver of the public body. */
export async function demoScript(): Promise<JobScript> {
  return {
    vendor: "tanaka@minato-bungu.example.co.jp",
    officer: "officer@pref.example.lg.jp",
    parties: [
      "minato@minato-bungu.example.co.jp",
      "tanaka@minato-bungu.example.co.jp",
      "approver@pref.example.lg.jp",
    ],
    departmentAddress: "keiyaku+bukken@bot.example.lg.jp",
    form: await paper("forms/A1_goods_2conf.docx", "電子契約同意書.docx", WORD),
    contracts: [
      await paper("contracts/keiyakusho_buppin.pdf", "物品購入（単価）契約書.pdf", "application/pdf"),
    ],
    lines: ["契約日: 令和8年12月1日", "契約期間: 2026-12-01〜2027-03-31"],
  };
}
