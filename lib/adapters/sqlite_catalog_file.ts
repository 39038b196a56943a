/**
 * The catalog's file: a table of rows and a full-text index over their words, in SQLite (FTS5 without positions).
 * Ids grow with the time at which a case was opened, so the index gives the newest first and stops when enough is
 * found.
 *
 * @module
 */
import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { CatalogPlace, CatalogQuery, CatalogRow } from "../catalog_port.ts";
import { contentFits } from "../catalog/row_fits.ts";
import { queryExpression, rowTokens } from "../catalog/row_tokens.ts";
import { epochMs } from "../domain/instant.ts";

/** Raised when a file written by an earlier version of this module can't be used any more. */
const LAYOUT = 1;

const SCHEMA = `
  CREATE TABLE rows(
    id INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, opened TEXT NOT NULL,
    texts TEXT NOT NULL, companies TEXT NOT NULL, day TEXT, amount REAL
  ) STRICT;
  CREATE VIRTUAL TABLE words USING fts5(
    row, content='', contentless_delete=1, detail=none, tokenize='ascii'
  );
  CREATE TABLE state(whole INTEGER NOT NULL) STRICT;
  INSERT INTO state VALUES (0);
  PRAGMA user_version = ${LAYOUT};
`;

/** Memory of the page cache in KiB. */
const CACHE_KIB = 32 * 1024;

/** Ids within one millisecond. */
const IN_ONE_MS = 2048;

/** The id of a place, unless it is taken: by time, then by the digits of the number. Below 2⁵³ until the year 2109. */
function idOf({ openedAt, number }: CatalogPlace): number {
  const digits = Number(number.replace(/\D/g, "").slice(-9) || 0);
  return epochMs(openedAt) * IN_ONE_MS + digits % IN_ONE_MS;
}

type Found = {
  readonly id: number;
  readonly number: string;
  readonly opened: string;
  readonly texts: string;
  readonly companies: string;
  readonly day: string | null;
  readonly amount: number | null;
};

/** Between texts in one column: no folded text holds a blank. */
const BETWEEN = "\n";

/** An opened file. */
export class CatalogFile {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #begun = false;

  /** Opens or makes the file at a path. Throws where SQLite can't read it. */
  constructor(path: string) {
    this.#db = new DatabaseSync(path);
    this.#db.exec(`PRAGMA busy_timeout = 5000; PRAGMA cache_size = -${CACHE_KIB}`);
    this.#db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY");
    const { user_version: layout } = this.#db.prepare("PRAGMA user_version").get() as {
      user_version: number;
    };
    if (layout !== LAYOUT) this.#make();
  }

  /** Whether it holds all cases. */
  get whole(): boolean {
    return (this.#prepared("SELECT whole FROM state").get() as { whole: number }).whole === 1;
  }

  /** Empties it. Until it is finished nothing is forced to the disk: if that is lost, it is begun again. */
  begin(): void {
    this.#make();
    this.#db.exec("PRAGMA synchronous = OFF");
    this.#begun = true;
  }

  /**
   * Says that it holds all cases, once they are on the disk. Throws where this very file was not begun: another took
   * its place meanwhile.
   */
  finish(): void {
    if (!this.#begun) throw new Error("Cannot finish the catalog: its file was replaced since it was begun");
    // With nothing left to move, a checkpoint forces nothing to the disk: so there is one more write.
    this.#db.exec("PRAGMA synchronous = FULL; UPDATE state SET whole = 0; PRAGMA wal_checkpoint(TRUNCATE)");
    this.#prepared("UPDATE state SET whole = 1").run();
  }

  /** Puts rows in, all or none. */
  put(rows: readonly CatalogRow[]): void {
    this.#atOnce(() => {
      for (const row of rows) this.#putOne(row);
    });
  }

  /** Places that fit, newest first. Throws while it does not hold all cases. */
  find(query: CatalogQuery, behind: CatalogPlace | null, most: number): CatalogPlace[] {
    if (!this.whole) throw new Error("Cannot search the catalog: it is not whole");
    const expression = queryExpression(query);
    if (expression === null || most < 1) return [];
    const before = behind === null
      ? Number.MAX_SAFE_INTEGER
      : this.#idOfNumber(behind.number) ?? idOf(behind);
    const found: CatalogPlace[] = [];
    const rows = this.#prepared(
      `SELECT r.id, r.number, r.opened, r.texts, r.companies, r.day, r.amount
       FROM words CROSS JOIN rows r ON r.id = words.rowid
       WHERE words MATCH ? AND words.rowid < ? ORDER BY words.rowid DESC`,
    ).iterate(expression, before);
    for (const row of rows as Iterable<Found>) {
      const texts = row.texts.split(BETWEEN);
      const companies = row.companies.split(BETWEEN);
      if (!contentFits(query, { texts, companies, contractDate: row.day, amount: row.amount })) continue;
      found.push({ openedAt: row.opened, number: row.number });
      if (found.length === most) break;
    }
    return found;
  }

  /** Gives the file back. */
  close(): void {
    this.#db.close();
  }

  #make(): void {
    this.#statements.clear();
    this.#atOnce(() => {
      for (const table of ["rows", "words", "state"]) this.#db.exec(`DROP TABLE IF EXISTS ${table}`);
      this.#db.exec(SCHEMA);
    });
  }

  /** Does all of it or nothing; what fails, on a full disk say, leaves no transaction open behind it. */
  #atOnce(work: () => void): void {
    this.#db.exec("BEGIN IMMEDIATE");
    try {
      work();
      this.#db.exec("COMMIT");
    } catch (error) {
      // SQLite may have ended it by itself (sqlite.org/lang_transaction.html §3.1).
      if (this.#db.isTransaction) this.#db.exec("ROLLBACK");
      throw error;
    }
  }

  #putOne(row: CatalogRow): void {
    const id = this.#idOfNumber(row.number) ?? this.#freeId(idOf(row));
    this.#prepared("INSERT OR REPLACE INTO rows VALUES (?, ?, ?, ?, ?, ?, ?)").run(
      id,
      row.number,
      row.openedAt,
      row.texts.join(BETWEEN),
      row.companies.join(BETWEEN),
      row.contractDate,
      row.amount,
    );
    this.#prepared("DELETE FROM words WHERE rowid = ?").run(id);
    this.#prepared("INSERT INTO words(rowid, row) VALUES (?, ?)").run(id, rowTokens(row));
  }

  #idOfNumber(number: string): number | null {
    const found = this.#prepared("SELECT id FROM rows WHERE number = ?").get(number);
    return found ? (found as { id: number }).id : null;
  }

  #freeId(wanted: number): number {
    for (let id = wanted;; id++) if (!this.#prepared("SELECT 1 FROM rows WHERE id = ?").get(id)) return id;
  }

  #prepared(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    const made = this.#db.prepare(sql);
    this.#statements.set(sql, made);
    return made;
  }
}
