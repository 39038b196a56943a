/**
 * `admin backup DIR`: copies store, files and keys of the data folder; may run beside the service, and again into the
 * same folder, where only what is new is copied. The store is copied first: a file is kept before the event that
 * names it is, so all files that the copy names are there.
 *
 * @module
 */
import { join } from "node:path";
import {
  blobPath,
  copyChecked,
  isEmptyFolder,
  type KeptFile,
  readBackupList,
  writeBackupList,
} from "../../adapters/backup_folder.ts";
import { openFileBlobs } from "../../adapters/file_blobs.ts";
import { snapshotKv } from "../../adapters/kv_snapshot.ts";
import { systemClock } from "../../adapters/system_clock.ts";
import { PortError } from "../../ports.ts";
import { readConfiguration } from "../compose.ts";
import { type AdminCommand, type AdminSurroundings, EXIT } from "./admin_command.ts";

const STORE = "store.kv";

/** Keys that are kept beside the data: those of development. */
async function keyFiles(dataDir: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { name, isFile } of Deno.readDir(dataDir)) {
    if (isFile && name === "master.key") names.push(name);
  }
  if (await isEmptyFolder(join(dataDir, "pki"))) return names;
  for await (const { name, isFile } of Deno.readDir(join(dataDir, "pki"))) {
    if (isFile) names.push(`pki/${name}`);
  }
  return names.sort();
}

async function copyStore(dataDir: string, folder: string): Promise<KeptFile> {
  const snapshot = join(folder, `${STORE}.snapshot`);
  await Deno.remove(snapshot).catch(onlyIfMissing);
  await snapshotKv(join(dataDir, STORE), snapshot);
  const kept = await copyChecked(snapshot, join(folder, STORE), null);
  await Deno.remove(snapshot);
  return { path: STORE, ...kept };
}

function onlyIfMissing(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}

async function backUp(dataDir: string, folder: string, around: AdminSurroundings): Promise<number> {
  const earlier = await readBackupList(folder);
  const known = new Map(earlier?.blobs.map((blob) => [blob.sha256, blob.size]));
  const blobs = [...earlier?.blobs ?? []];
  const files: KeptFile[] = [];
  await writeBackupList(folder, { completeAt: null, files, blobs });
  const clock = systemClock();
  const completeAt = clock.now();
  files.push(await copyStore(dataDir, folder));
  for (const path of await keyFiles(dataDir)) {
    files.push({ path, ...await copyChecked(join(dataDir, path), join(folder, path), null) });
  }
  let copied = 0, bytes = 0;
  for await (const { sha256 } of (await openFileBlobs(join(dataDir, "blobs"), clock)).list()) {
    if (around.signal.aborted) {
      await writeBackupList(folder, { completeAt: null, files, blobs });
      around.print("途中で終わりました。もう一度実行してください。");
      return EXIT.notAll;
    }
    const { size } = await Deno.stat(join(folder, blobPath(sha256))).catch(() => ({ size: -1 }));
    if (known.get(sha256) === size) continue;
    const kept = await copyChecked(join(dataDir, blobPath(sha256)), join(folder, blobPath(sha256)), {
      sha256,
    });
    if (!known.has(sha256)) blobs.push(kept);
    copied++;
    bytes += kept.size;
  }
  await writeBackupList(folder, { completeAt, files, blobs });
  around.print(`記録: ${files[0]!.size} バイト`);
  around.print(`ファイル: ${blobs.length}（うち新たに ${copied}、${bytes} バイト）`);
  around.print(`鍵: ${files.length - 1}（秘密の鍵を含みます。バックアップは厳重に保管してください）`);
  around.print(
    "設定ファイルと環境変数（MASTER_KEY、SIGNER_URL の鍵など）は含みません。別に保管してください。",
  );
  return EXIT.done;
}

/** The command. */
export const backup: AdminCommand = {
  words: ["backup"],
  usage: "DIR",
  about: "記録とファイルを DIR に写します（サービスの動作中でも可。二度目からは増えた分だけ）",
  async run(args, around) {
    const [folder] = args;
    if (folder === undefined || folder.startsWith("-") || args.length > 1) return null;
    const configuration = await readConfiguration(around.variables);
    if ("faults" in configuration) {
      for (const { path, problem } of configuration.faults) around.complain(`${path}: ${problem}`);
      return EXIT.unusable;
    }
    try {
      return await backUp(configuration.environment.dataDir, folder, around);
    } catch (error) {
      if (!(error instanceof PortError)) throw error;
      around.complain(`実行できません: ${error.message}`);
      return error.code === "corrupt" ? EXIT.notAll : EXIT.unusable;
    }
  },
};
