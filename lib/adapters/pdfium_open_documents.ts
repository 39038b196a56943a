/**
 * Which documents a worker holds open, the longest unused first.
 *
 * @module
 */

/** Remembers names and sizes, and says what must be closed to make room. */
export class OpenDocuments {
  readonly #limits: { readonly count: number; readonly bytes: number };
  readonly #sizes = new Map<string, number>();

  /** Nothing is open yet. */
  constructor(limits: { readonly count: number; readonly bytes: number }) {
    this.#limits = limits;
  }

  /** Whether the worker holds it. */
  has(document: string): boolean {
    return this.#sizes.has(document);
  }

  /**
   * The names to close so that a document of `size` bytes fits; they count as closed from now on. One that is
   * open already needs no room; one larger than all the room stands alone.
   */
  makeRoomFor(document: string, size: number): string[] {
    if (this.has(document)) return [];
    const closed: string[] = [];
    let bytes = [...this.#sizes.values()].reduce((sum, each) => sum + each, size);
    for (const [name, each] of [...this.#sizes]) {
      if (this.#sizes.size < this.#limits.count && bytes <= this.#limits.bytes) break;
      this.#sizes.delete(name);
      bytes -= each;
      closed.push(name);
    }
    return closed;
  }

  /** Notes that a document was used; `size` matters the first time only. */
  used(document: string, size: number): void {
    const known = this.#sizes.get(document) ?? size;
    this.#sizes.delete(document);
    this.#sizes.set(document, known);
  }

  /** Forgets all, as the worker is gone. */
  clear(): void {
    this.#sizes.clear();
  }
}
