/**
 * A renderer that draws nothing twice: what it made lies on a shelf, over restarts too, and who asks for what is
 * just being made waits for that.
 *
 * @module
 */
import type { PageImage, PageRenderer, PageSize, Sha256 } from "../ports.ts";
import type { DiskShelf } from "./disk_shelf.ts";

/** Rises when pages come out otherwise than before: what an earlier version drew is not found any more. */
const VERSION = 1;
/** First byte of every JPEG file (ITU-T T.81 §B.1.1.3). */
const JPEG_MARK = 0xff;

const typed = (bytes: Uint8Array<ArrayBuffer>): PageImage => ({
  type: bytes[0] === JPEG_MARK ? "image/jpeg" : "image/png",
  bytes,
});

/** How a kind of answer is kept. */
type Form<T> = {
  readonly pack: (value: T) => Uint8Array;
  readonly unpack: (bytes: Uint8Array<ArrayBuffer>) => T;
};

const AS_BYTES: Form<Uint8Array<ArrayBuffer>> = { pack: (value) => value, unpack: (bytes) => bytes };
const AS_IMAGE: Form<PageImage> = { pack: ({ bytes }) => bytes, unpack: typed };
const AS_TEXT: Form<string> = {
  pack: (value) => new TextEncoder().encode(value),
  unpack: (bytes) => new TextDecoder().decode(bytes),
};
const AS_SIZES: Form<readonly PageSize[]> = {
  pack: (value) => AS_TEXT.pack(JSON.stringify(value)),
  unpack: (bytes) => JSON.parse(AS_TEXT.unpack(bytes)),
};

/** The same renderer behind a shelf. Refusals are not kept. */
export function keptRenderer(renderer: PageRenderer, shelf: DiskShelf): PageRenderer {
  let closed = false;
  const making = new Map<string, Promise<unknown>>();
  const ask = <T>(pdf: Sha256, what: string, form: Form<T>, make: () => Promise<T>): Promise<T> => {
    const name = `${VERSION}-${pdf}-${what}`;
    const begun = making.get(name) as Promise<T> | undefined;
    if (begun) return begun;
    if (closed) return make();
    const made = (async () => {
      const known = await shelf.get(name);
      if (known) return form.unpack(known);
      const value = await make();
      await shelf.put(name, form.pack(value));
      return value;
    })();
    making.set(name, made);
    const done = () => making.delete(name);
    made.then(done, done);
    return made;
  };
  return {
    pages: (pdf, content) => ask(pdf, "sizes", AS_SIZES, () => renderer.pages(pdf, content)),
    png: (pdf, content, page, width) =>
      ask(pdf, `${page}-${width}.png`, AS_BYTES, () => renderer.png(pdf, content, page, width)),
    image: (pdf, content, page, width) =>
      ask(pdf, `${page}-${width}`, AS_IMAGE, () => renderer.image(pdf, content, page, width)),
    text: (pdf, content, page) => ask(pdf, `${page}.txt`, AS_TEXT, () => renderer.text(pdf, content, page)),
    async close() {
      closed = true;
      await renderer.close();
    },
  };
}
