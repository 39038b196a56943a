/**
 * `admin restore DIR`: fills an empty data folder from a backup, each file checked against its hash. The store comes
 * last, so that no service begins on half of the files.
 *
 * @module
 */
import { join } from "node:path";
import { blobPath, copyChecked, isEmptyFolder, readBackupList } from "../../adapters/backup_folder.ts";
import { PortError } from "../../ports.ts";
import { readConfiguration } from "../compose.ts";
import { type AdminCommand, type AdminSurroundings, EXIT } from "./admin_command.ts";

/** Paths that a backup may hold: a list that was tampered with must not write elsewhere. */
const ALLOWED = /^(?:store\.kv|master\.key|pki\/[\w-][\w.-]*)$/;
const HASH = /^[0-9a-f]{64}$/;

function refuse(what: string): never {
  throw new PortError("refused", `Cannot restore: ${what}`, { retryable: false });
}

async function restoreTo(dataDir: string, folder: string, around: AdminSurroundings): Promise<number> {
  const list = await readBackupList(folder) ?? refuse("the folder is empty");
  if (list.completeAt === null) refuse("the backup was not completed");
  if (!await isEmptyFolder(dataDir)) refuse("DATA_DIR is not empty");
  const sound = list.files.every(({ path, sha256 }) => ALLOWED.test(path) && HASH.test(sha256)) &&
    list.blobs.every(({ sha256 }) => HASH.test(sha256));
  if (!sound) refuse("the list of the backup is damaged");
  for (const blob of list.blobs) {
    if (around.signal.aborted) {
      around.print("途中で終わりました。DATA_DIR を空にして、もう一度実行してください。");
      return EXIT.notAll;
    }
    await copyChecked(join(folder, blobPath(blob.sha256)), join(dataDir, blobPath(blob.sha256)), blob);
  }
  for (const file of list.files.toReversed()) {
    await copyChecked(join(folder, file.path), join(dataDir, file.path), file);
  }
  around.print(`${list.completeAt} の状態に戻しました。ファイル: ${list.blobs.length}`);
  around.print("次に deno task admin reindex と deno task admin audit verify --files を実行してください。");
  return EXIT.done;
}

/** The command. */
export const restore: AdminCommand = {
  words: ["restore"],
  usage: "DIR",
  about: "バックアップから空の DATA_DIR に戻します（すべてのハッシュ値を確かめます）",
  async run(args, around) {
    const [folder] = args;
    if (folder === undefined || folder.startsWith("-") || args.length > 1) return null;
    const configuration = await readConfiguration(around.variables);
    if ("faults" in configuration) {
      for (const { path, problem } of configuration.faults) around.complain(`${path}: ${problem}`);
      return EXIT.unusable;
    }
    try {
      return await restoreTo(configuration.environment.dataDir, folder, around);
    } catch (error) {
      if (!(error instanceof PortError || error instanceof Deno.errors.NotFound)) throw error;
      around.complain(`実行できません: ${error.message}`);
      return error instanceof PortError && error.code === "refused" ? EXIT.unusable : EXIT.notAll;
    }
  },
};
