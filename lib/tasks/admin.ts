/**
 * `deno task admin COMMAND`: what operators do besides running the service. Ends with 0 when all is done, 1 when
 * something is wrong or left, 2 when it could not begin.
 *
 * @module
 */
import { type AdminCommand, type AdminSurroundings, EXIT } from "./admin/admin_command.ts";
import { auditVerify } from "./admin/audit_verify.ts";
import { backup } from "./admin/backup.ts";
import { reindexCases } from "./admin/reindex.ts";
import { renewTimestamps } from "./admin/renew_timestamps.ts";
import { resendOutboxLetters } from "./admin/resend_outbox.ts";
import { restore } from "./admin/restore.ts";
import { settingsCheck } from "./admin/settings_check.ts";

const COMMANDS: readonly AdminCommand[] = [
  settingsCheck,
  renewTimestamps,
  reindexCases,
  auditVerify,
  backup,
  restore,
  resendOutboxLetters,
];

function help(complain: (line: string) => void): void {
  complain("使い方: deno task admin コマンド");
  for (const { words, usage, about } of COMMANDS) {
    complain(`  ${[...words, usage].join(" ").trim()}`);
    complain(`      ${about}`);
  }
}

/** Runs the command that the arguments name; gives the exit code. */
export async function runAdmin(args: readonly string[], around: AdminSurroundings): Promise<number> {
  const command = COMMANDS.find(({ words }) => words.every((word, index) => args[index] === word));
  const code = await command?.run(args.slice(command.words.length), around) ?? null;
  if (code === null) help(around.complain);
  return code ?? EXIT.unusable;
}

/** A signal that ends when the operator asks for it; asked twice, the process ends at once. */
function untilAsked(): AbortSignal {
  const asked = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(name, () => {
      if (asked.signal.aborted) Deno.exit(EXIT.notAll);
      asked.abort();
    });
  }
  return asked.signal;
}

if (import.meta.main) {
  const code = await runAdmin(Deno.args, {
    print: (line) => console.log(line),
    complain: (line) => console.error(line),
    variables: Deno.env.toObject(),
    signal: untilAsked(),
  });
  Deno.exit(code);
}
