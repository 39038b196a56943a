/**
 * `admin renew-timestamps`: renews the timestamps of all completed cases that are due, or due before a day (R28).
 * May be ended and begun again at any time, and run beside the service.
 *
 * @module
 */
import { DAY_MS, dayOf, endOfJstDay, type Instant, jstDay, plusMs } from "../../domain/instant.ts";
import type { FileId } from "../../domain/case.ts";
import { renewAll, type RenewAllReport } from "../../flows/renew_all.ts";
import { type AdminCommand, EXIT, inWorld } from "./admin_command.ts";

type Wishes = { readonly before: Instant | null; readonly dryRun: boolean };

/** The beginning of a Japanese day; null for a text that names none. */
function dayBegin(text: string | undefined): Instant | null {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text ?? "") ?? [];
  const found = year === undefined ? null : dayOf(Number(year), Number(month), Number(day));
  return found && plusMs(endOfJstDay(found), -DAY_MS);
}

/** Reads the arguments; null when they make no sense. */
function readWishes(args: readonly string[]): Wishes | null {
  let before: Instant | null = null;
  let dryRun = false;
  for (let index = 0; index < args.length; index++) {
    if (args[index] === "--dry-run") dryRun = true;
    else if (args[index] === "--before") {
      before = dayBegin(args[++index]);
      if (before === null) return null;
    } else return null;
  }
  return { before, dryRun };
}

const fileWords = (file: FileId): string => file === "certificate" ? "合意締結証明書" : `書類${file + 1}`;

function* reportLines(report: RenewAllReport, dryRun: boolean): Generator<string> {
  const { files, renewed, late, notDue, useless, failed, next, whole } = report;
  yield `対象ファイル: ${files}`;
  yield `${dryRun ? "更新の予定" : "更新"}: ${renewed}${
    late > 0 ? `（うち期限を過ぎていたもの: ${late}）` : ""
  }`;
  yield `時期が来ていないもの: ${notDue}`;
  if (useless > 0) yield `時刻認証局の証明書が新しくなるのを待つもの: ${useless}`;
  yield `失敗: ${failed.length}`;
  for (const { caseNumber, file, code } of failed) yield `  ${caseNumber} ${fileWords(file)}: ${code}`;
  yield `次の更新日: ${next === null ? "なし" : jstDay(next)}`;
  if (!whole) yield "途中で終わりました。もう一度実行すると、残りを続けます。";
}

/** The command. */
export const renewTimestamps: AdminCommand = {
  words: ["renew-timestamps"],
  usage: "[--before YYYY-MM-DD] [--dry-run]",
  about: "締結済みの契約書と証明書のタイムスタンプを更新します",
  async run(args, around) {
    const wishes = readWishes(args);
    if (!wishes) return null;
    const { dryRun } = wishes;
    return await inWorld(around, async (world) => {
      // A moment later than now: what is due now is due.
      const before = wishes.before ?? plusMs(world.clock.now(), 1);
      const report = await renewAll(world, { before, dryRun, signal: around.signal });
      for (const line of reportLines(report, dryRun)) around.print(line);
      return report.failed.length === 0 && report.whole ? EXIT.done : EXIT.notAll;
    });
  },
};
