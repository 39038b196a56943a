/**
 * Executed contracts as one archive (R37, R38): a folder for each case with its PDFs and certificate, and a table of
 * all files with their hashes at the end. The files are read while the archive is sent.
 *
 * @module
 */
import type { Case } from "../domain/case.ts";
import type { Instant } from "../domain/instant.ts";
import { BYTE_ORDER_MARK, csvRecord } from "../exports/csv.ts";
import { entryName, uniqueNames } from "../exports/entry_names.ts";
import { ZIP_LIMITS, type ZipEntry, zipStream } from "../exports/zip_stream.ts";
import { chunksOf } from "../pdf/byte_source.ts";
import { searchFacts } from "./case_search.ts";
import { hashedFiles } from "./case_table.ts";
import { executedFiles } from "./documents.ts";
import { openParts } from "./open_file.ts";
import { now, type World } from "./world.ts";

/** What goes into an archive. */
export type ArchiveOrder = {
  /** Completed cases only. */
  readonly cases: AsyncIterable<Case>;
  /** Called for each case before its files are handed out. */
  readonly opening: (state: Case) => Promise<void>;
};

/** Characters of a 契約名 in a folder's name. */
const TITLE_LENGTH = 40;

/** Name of the table of hashes. */
export const HASHES_NAME = "ファイルの一覧.csv";

const HEADINGS = ["ファイル", "SHA-256", "大きさ（バイト）", "案件番号", "契約名", "商号又は名称", "契約日"];

/** Whether an archive can hold the files of all cases: looked at no longer than until it can't. */
export async function fitsArchive(cases: AsyncIterable<Case>): Promise<boolean> {
  let [files, bytes] = [0, 0];
  for await (const state of cases) {
    for (const { size } of executedFiles(state)) {
      files++;
      bytes += size;
      if (files > ZIP_LIMITS.files || bytes > ZIP_LIMITS.bytes) return false;
    }
  }
  return true;
}

async function* caseEntries(world: World, state: Case, records: string[]): AsyncGenerator<ZipEntry> {
  const { number, title, companies, contractDate } = searchFacts(state);
  const folder = entryName([number, [...title].slice(0, TITLE_LENGTH).join("")].join("_"));
  const unique = uniqueNames();
  const hashes = hashedFiles(state);
  const at: Instant = state.executedAt ?? now(world);
  for (const [index, { filename, parts }] of executedFiles(state).entries()) {
    const name = `${folder}/${unique(entryName(filename))}`;
    const { sha256 = "", size = 0 } = hashes[index] ?? {};
    records.push(
      csvRecord([name, sha256, String(size), number, title, companies.join("、"), contractDate ?? ""]),
    );
    const source = await openParts(world.blobs, parts);
    try {
      yield { name, at, pieces: chunksOf(source) };
    } finally {
      source.close();
    }
  }
}

async function* entriesOf(world: World, { cases, opening }: ArchiveOrder): AsyncGenerator<ZipEntry> {
  const records: string[] = [];
  for await (const state of cases) {
    await opening(state);
    yield* caseEntries(world, state, records);
  }
  const table = [BYTE_ORDER_MARK, csvRecord(HEADINGS), ...records];
  const encoder = new TextEncoder();
  yield { name: HASHES_NAME, at: now(world), pieces: table.map((record) => encoder.encode(record)) };
}

/** The archive, piece by piece. Throws `PortError` where a file is not there. */
export const caseArchive = (world: World, order: ArchiveOrder): AsyncGenerator<Uint8Array> =>
  zipStream(entriesOf(world, order));
