/**
 * Original consent forms while officers look at them: taken apart once, not anew with every page image.
 *
 * @module
 */
import type { Context } from "hono";
import type { Case, ContractFile } from "../../lib/domain/case.ts";
import { readHistory } from "../../lib/flows/case_records.ts";
import { formMail, type OriginalForm, originalForm } from "../../lib/flows/original_form.ts";
import type { ReadAttachment } from "../../lib/mail/read_mail.ts";
import type { PageSize, Sha256 } from "../../lib/ports.ts";
import { ANSWERS } from "../answer.ts";
import type { Desk } from "../desk.ts";
import { fileAnswer } from "../file_answer.ts";
import { pageImageAnswer } from "../page_image_answer.ts";
import { answerPage } from "../refusal_page.tsx";

/** Mails remembered at once. */
const REMEMBERED = 100;

/** A file of the mail with its pages, where it is a PDF that can be drawn. */
export type ShownFile = {
  readonly file: ContractFile;
  readonly sizes: readonly PageSize[] | null;
};

const isPdf = ({ filename, contentType }: ReadAttachment): boolean =>
  contentType === "application/pdf" || /\.pdf$/i.test(filename);

/** The originals of a site. */
export class Originals {
  readonly #desk: Desk;
  readonly #known = new Map<Sha256, Promise<OriginalForm | null>>();
  /** For the pages of a desk. */
  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** The mail that brought a case's form; null when none did, or it can't be taken apart. */
  async of({ number }: Case): Promise<OriginalForm | null> {
    const mail = formMail(await readHistory(this.#desk.world.store, number));
    if (mail === null) return null;
    const found = this.#known.get(mail) ?? originalForm(this.#desk.world, mail);
    this.#known.delete(mail);
    this.#known.set(mail, found);
    const [oldest] = this.#known.keys();
    if (this.#known.size > REMEMBERED && oldest !== undefined) this.#known.delete(oldest);
    const original = await found;
    // What failed may work the next time.
    if (original === null) this.#known.delete(mail);
    return original;
  }

  /** The files of an original as they are shown. */
  async shown({ files }: OriginalForm): Promise<ShownFile[]> {
    return await Promise.all(files.map(async (attached) => {
      const { filename: name, blob: sha256, size } = attached;
      const file = { name, sha256, size, pages: 1, normalisedFrom: null, warnings: [] };
      const sizes = isPdf(attached) ? await this.#desk.images.sizes(file) : null;
      return { file: { ...file, pages: sizes?.length ?? 0 }, sizes };
    }));
  }

  /** The file of the place in `:file` of a case's original, to be saved, or shown where it is a PDF. */
  async send(c: Context, state: Case): Promise<Response> {
    const file = (await this.of(state))?.files[Number.parseInt(c.req.param("file") ?? "", 10) - 1];
    if (!file) return answerPage(this.#desk.pages, ANSWERS.unknown);
    const { filename, size, blob } = file;
    return await fileAnswer(this.#desk.world.blobs, c.req.raw, {
      filename,
      contentType: isPdf(file) ? "application/pdf" : "application/octet-stream",
      size,
      tag: blob,
      parts: [blob],
      download: !isPdf(file),
    });
  }

  /** Page `:page` of that file. */
  async sendPage(c: Context, state: Case): Promise<Response> {
    const original = await this.of(state);
    const index = Number.parseInt(c.req.param("file") ?? "", 10) - 1;
    const shown = original ? (await this.shown(original))[index] : undefined;
    const page = Number.parseInt(c.req.param("page") ?? "", 10);
    return await pageImageAnswer(this.#desk, c, shown?.file ?? null, page);
  }
}
