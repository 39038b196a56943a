/**
 * Page images and texts of documents, kept for a while. A seal changes nothing that can be seen, so all parties
 * share what was drawn of the uploaded file.
 *
 * @module
 */
import type { ContractFile } from "../lib/domain/case.ts";
import type { World } from "../lib/flows/world.ts";
import { type PageImage, type PageSize, PortError } from "../lib/ports.ts";
import { Shelf } from "./shelf.ts";

/** Widths in pixels that pages ask for, and that are drawn; the smallest first. */
export const WIDTHS: readonly number[] = [828, 1240, 1860];

/**
 * The width in pixels that is drawn for a width that was asked for: the smallest that is as wide, else the widest, so
 * that asking for many widths fills no disk. Null when what was asked for is no width.
 */
export function drawnWidth(asked: number): number | null {
  if (!(asked > 0)) return null;
  return WIDTHS.find((width) => width >= asked) ?? WIDTHS.at(-1) ?? null;
}

/** What most phones ask for first: the width of a page at three pixels a point. */
const PREPARED_WIDTH = 1240;
/** Texts of documents with more pages are read when they are asked for. */
export const INLINE_TEXT_PAGES = 40;

/** Bytes of images kept in memory at most (4 MiB): the disk has the rest. */
const KEPT_BYTES = 4 * 1024 * 1024;
/** Characters of texts kept in memory at most. */
const KEPT_CHARACTERS = 1_000_000;

/** Draws documents. */
export type PageImages = {
  /** Sizes of the pages; null when the file can't be drawn, so that people get the PDF alone. */
  sizes(file: ContractFile): Promise<readonly PageSize[] | null>;
  /** A page as an image, as PNG for who shows nothing else. Throws `PortError`. */
  image(file: ContractFile, page: number, width: number, pngOnly: boolean): Promise<PageImage>;
  /** The text of every page; null when it can't be read. */
  texts(file: ContractFile): Promise<readonly string[] | null>;
  /**
   * Makes ready what the first look at documents needs, since someone is about to look. Nobody waits for it, and
   * what fails here fails again, with words, when it is asked for.
   */
  prepare(files: readonly ContractFile[]): void;
};

/** The images of a world's documents. */
export function pageImages({ renderer, blobs, log }: World): PageImages {
  const sizes = new Shelf<readonly PageSize[]>(20_000);
  const images = new Shelf<PageImage>(KEPT_BYTES);
  const texts = new Shelf<readonly string[]>(KEPT_CHARACTERS);
  const contentOf = (file: ContractFile) => () => blobs.get(file.sha256);

  async function unlessBroken<T>(work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof PortError)) throw error;
      log.warn("document_not_drawn", { code: error.code });
      return null;
    }
  }

  const made: Omit<PageImages, "prepare"> = {
    sizes: (file) =>
      unlessBroken(async () =>
        sizes.get(file.sha256) ??
          sizes.put(file.sha256, await renderer.pages(file.sha256, contentOf(file)), file.pages)
      ),
    async image(file, page, width, pngOnly) {
      const key = `${file.sha256}/${page}/${width}/${pngOnly}`;
      const known = images.get(key);
      if (known) return known;
      const asked = [file.sha256, contentOf(file), page, width] as const;
      const image: PageImage = pngOnly
        ? { type: "image/png", bytes: await renderer.png(...asked) }
        : await renderer.image(...asked);
      return images.put(key, image, image.bytes.length);
    },
    texts: (file) =>
      unlessBroken(async () => {
        const known = texts.get(file.sha256);
        if (known) return known;
        const read: string[] = [];
        for (let page = 1; page <= file.pages; page++) {
          read.push(await renderer.text(file.sha256, contentOf(file), page));
        }
        return texts.put(file.sha256, read, read.join("").length);
      }),
  };

  async function prepareAll(files: readonly ContractFile[]): Promise<void> {
    const [first] = files;
    if (!first || !(await made.sizes(first))) return;
    await unlessBroken(() => made.image(first, 1, PREPARED_WIDTH, false));
    for (const file of files) {
      await made.sizes(file);
      if (file.pages <= INLINE_TEXT_PAGES) await made.texts(file);
    }
  }
  return {
    ...made,
    prepare(files) {
      prepareAll(files).catch((error) => log.error("document_not_prepared", error));
    },
  };
}
