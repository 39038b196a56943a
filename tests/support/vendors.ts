/**
 * Vendors by number, each with a consent form of its own as text.
 *
 * @module
 */
import type { JobScript } from "../../lib/tasks/main_job.ts";

/** Another vendor for each number, so that its form begins a case of its own. */
export function vendorOf(round: number): Pick<JobScript, "vendor" | "parties" | "form"> {
  const [first, second] = [`ichiro${round}@shop.example.jp`, `jiro${round}@shop.example.jp`];
  const form = [
    "物品・役務",
    "提出日：令和8年11月24日",
    "宛名：見本県知事",
    "住所又は所在地：見本市本町1-2-3",
    `商号又は名称：株式会社割符商店${round}`,
    "代表者職氏名：代表取締役　割符 一郎",
    "担当者氏名：割符 三郎",
    "電話番号：000-000-0000",
    `契約名：事務用品の購入（その${round}）`,
    "確認者１氏名：割符 一郎",
    `確認者１メールアドレス：${first}`,
    "確認者２氏名：割符 二郎",
    `確認者２メールアドレス：${second}`,
  ].join("\n");
  return { vendor: first, parties: [second, first, "approver@pref.example.lg.jp"], form };
}
