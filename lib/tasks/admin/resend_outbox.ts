/**
 * `admin resend-outbox`: hands letters over again that no relay took, such as after days without one. May run beside
 * the service, which sends them.
 *
 * @module
 */
import { DAY_MS, dayOf, endOfJstDay, type Instant, plusMs } from "../../domain/instant.ts";
import { resendOutbox, type ResentLetter, type Stuck } from "../../flows/resend_outbox.ts";
import { kindHeader } from "../../letters/letter_order.ts";
import { type AdminCommand, EXIT, inWorld } from "./admin_command.ts";

/** Older letters say nothing any more, unless the operator thinks so. */
const USUAL_MS = 7 * DAY_MS;

const WHY: Readonly<Record<Stuck, string>> = {
  given_up: "送信をあきらめたもの",
  waiting: "再試行を待っているもの",
  forgotten: "予定から漏れているもの",
};

type Wishes = { readonly since: Instant | null; readonly dryRun: boolean };

function readWishes(args: readonly string[]): Wishes | null {
  let since: Instant | null = null;
  for (const [index, word] of args.entries()) {
    if (word === "--dry-run" || args[index - 1] === "--since") continue;
    const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(args[index + 1] ?? "") ?? [];
    const found = year === undefined ? null : dayOf(Number(year), Number(month), Number(day));
    if (word !== "--since" || found === null) return null;
    since = plusMs(endOfJstDay(found), -DAY_MS);
  }
  return { since, dryRun: args.includes("--dry-run") };
}

const line = ({ kind, caseNumber, writtenAt, why }: ResentLetter): string =>
  `  ${caseNumber ?? "（案件なし）"} ${kindHeader(kind)} ${writtenAt} ${WHY[why]}`;

/** The command. */
export const resendOutboxLetters: AdminCommand = {
  words: ["resend-outbox"],
  usage: "[--since YYYY-MM-DD] [--dry-run]",
  about: "中継サーバーに渡せなかったメールを、もう一度送ります（--since がなければ7日前から）",
  async run(args, around) {
    const wishes = readWishes(args);
    if (wishes === null) return null;
    const { dryRun, since } = wishes;
    return await inWorld(around, async (world) => {
      let letters = 0;
      const order = { since: since ?? plusMs(world.clock.now(), -USUAL_MS), dryRun, signal: around.signal };
      for await (const letter of resendOutbox(world, order)) {
        letters++;
        around.print(line(letter));
      }
      around.print(`${dryRun ? "送り直す予定" : "送り直し"}: ${letters}`);
      if (around.signal.aborted) around.print("途中で終わりました。もう一度実行してください。");
      return around.signal.aborted ? EXIT.notAll : EXIT.done;
    });
  },
};
