/**
 * `admin audit verify`: proves the history of every case, and with `--files` every byte of its files. Changes
 * nothing; may run beside the service.
 *
 * @module
 */
import type { Case } from "../../domain/case.ts";
import { roundOf } from "../../domain/rounds.ts";
import { auditCases, type AuditedCase } from "../../flows/audit.ts";
import { auditFiles, type FileFault } from "../../flows/audit_files.ts";
import { auditWords } from "../../letters/audit_words.ts";
import { readHistory } from "../../flows/case_records.ts";
import { formerRounds } from "../../flows/former_rounds.ts";
import type { World } from "../../flows/world.ts";
import { type AdminCommand, type AdminSurroundings, EXIT, inWorld } from "./admin_command.ts";

type Fault = AuditedCase["faults"][number] | FileFault;

function fileWords({ file, round }: FileFault): string {
  const name = file === "certificate" ? "合意締結証明書" : `書類${file + 1}`;
  return round === undefined ? name : `${round}回目に送信した${name}`;
}

function wordsOf(found: Fault): string {
  switch (found.fault) {
    case "fileMissing":
      return `${fileWords(found)}のファイルがありません`;
    case "fileChanged":
      return `${fileWords(found)}のファイルが、記録されたハッシュ値または大きさと一致しません`;
    default:
      return auditWords(found);
  }
}

/** What is wrong with the files of a case; its history is read again only where there were earlier rounds. */
async function filesOf({ store, blobs }: World, state: Case): Promise<readonly FileFault[]> {
  const former = roundOf(state) > 1 ? formerRounds(await readHistory(store, state.number)) : [];
  return await auditFiles(blobs, state, former);
}

async function verifyAll(
  world: World,
  files: boolean,
  around: AdminSurroundings,
): Promise<number> {
  let cases = 0, events = 0, faults = 0;
  let whole = true;
  for await (const audited of auditCases(world.store)) {
    if (around.signal.aborted) {
      whole = false;
      break;
    }
    cases++;
    events += audited.events;
    const ofFiles = files && audited.state ? await filesOf(world, audited.state) : [];
    for (const fault of [...audited.faults, ...ofFiles]) {
      faults++;
      around.print(`${audited.number}: ${wordsOf(fault)}`);
    }
  }
  around.print(`案件: ${cases}`);
  around.print(`記録: ${events}`);
  around.print(`問題: ${faults}`);
  if (!whole) around.print("途中で終わりました。もう一度実行してください。");
  return whole && faults === 0 ? EXIT.done : EXIT.notAll;
}

/** The command. */
export const auditVerify: AdminCommand = {
  words: ["audit", "verify"],
  usage: "[--files]",
  about: "すべての案件の履歴に、書き換えや欠けがないことを確かめます（--files で契約書と証明書のファイルも）",
  async run(args, around) {
    if (args.length > 1 || args.some((each) => each !== "--files")) return null;
    return await inWorld(around, (world) => verifyAll(world, args.length === 1, around));
  },
};
