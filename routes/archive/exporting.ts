/**
 * 「CSV」 and 「ZIP」 of a list: all cases that fit, however many (R37, R38).
 *
 * @module
 */
import type { Context } from "hono";
import type { Case } from "../../lib/domain/case.ts";
import { jstDay } from "../../lib/domain/instant.ts";
import { addressKey } from "../../lib/domain/mail_address.ts";
import { ZIP_LIMITS } from "../../lib/exports/zip_stream.ts";
import { caseArchive, fitsArchive } from "../../lib/flows/case_archive.ts";
import { type CaseColumn, caseCsv } from "../../lib/flows/case_table.ts";
import { type Opener, recordOpening } from "../../lib/flows/record_opening.ts";
import { now } from "../../lib/flows/world.ts";
import { answer, ANSWERS } from "../answer.ts";
import type { Desk } from "../desk.ts";
import { answerPage, slowDownPage } from "../refusal_page.tsx";
import { encoded, exportAnswer, ExportTurns } from "./export_answer.ts";

/** What is exported, for whom. */
export type ExportSource = {
  /** Whose export it is: each address has one at a time. */
  readonly address: string;
  /** What the file is called, without date and ending. */
  readonly name: string;
  /** All that fits; begun anew with each call. */
  readonly cases: () => AsyncIterable<Case>;
};

/** Seconds after which someone whose export is on its way may ask again. */
const AGAIN_SECONDS = 30;

const ON_ITS_WAY = {
  ...ANSWERS.askedTooOften,
  sentence: "前に押したファイルを、まだお送りしている途中です。",
  advice: "保存が終わってから、もう一度お試しください。",
};

const TOO_MUCH = answer(
  409,
  "一度に保存できる量を超えています",
  `ZIP にまとめられるのは、合わせて${Math.floor(ZIP_LIMITS.bytes / 1e9)} GB、${
    ZIP_LIMITS.files.toLocaleString("ja-JP")
  }ファイルまでです。`,
  "契約日や相手方で絞り込んでから、もう一度お試しください。",
);

/** Makes the answers of a site's lists. */
export class Exporter {
  readonly #desk: Desk;
  readonly #turns = new ExportTurns();
  /** For the pages of a desk. */
  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** The table. */
  csv(c: Context, source: ExportSource, columns: readonly CaseColumn[]): Promise<Response> {
    const type = "text/csv; charset=utf-8";
    return this.#send(c, source, ["csv", type], () => encoded(caseCsv(source.cases(), columns)));
  }

  /** The archive of completed cases. That its files went out through `link` is put on record case by case. */
  zip(c: Context, source: ExportSource, link: Opener): Promise<Response> {
    const opening = (state: Case) =>
      recordOpening(this.#desk.world, { link, state }, { file: "all", what: "download" });
    const order = { cases: source.cases(), opening };
    const make = async () => await fitsArchive(source.cases()) ? caseArchive(this.#desk.world, order) : null;
    return this.#send(c, source, ["zip", "application/zip"], make);
  }

  /** Sends what `make` makes, in its turn; null when it would be too much. */
  async #send(
    c: Context,
    { address, name }: ExportSource,
    [ending, contentType]: readonly [ending: string, contentType: string],
    make: () => AsyncGenerator<Uint8Array> | Promise<AsyncGenerator<Uint8Array> | null>,
  ): Promise<Response> {
    const who = addressKey(address);
    if (!this.#turns.take(who)) return slowDownPage(this.#desk.pages, AGAIN_SECONDS, ON_ITS_WAY);
    const file = {
      filename: `${name}_${jstDay(now(this.#desk.world))}.${ending}`,
      plainName: `contracts.${ending}`,
      contentType,
    };
    const end = (fault?: unknown) => {
      this.#turns.end(who);
      if (fault) this.#desk.world.log.error("export_failed", fault);
    };
    try {
      const pieces = await make();
      if (pieces) return exportAnswer(pieces, file, end, c.req.method === "HEAD");
    } catch (error) {
      end();
      throw error;
    }
    end();
    return answerPage(this.#desk.pages, TOO_MUCH);
  }
}

/** Those of a stream that pass a test. */
export async function* only(
  cases: AsyncIterable<Case>,
  fits: (state: Case) => boolean,
): AsyncGenerator<Case> {
  for await (const state of cases) if (fits(state)) yield state;
}
