/**
 * The logical structure of a made PDF (ISO 32000-2 §14.7, §14.8): what is a heading and what a paragraph, in the
 * order of reading, for people who have a document read to them.
 *
 * @module
 */
import {
  type PDFDict,
  type PDFDocument,
  PDFName,
  type PDFNumber,
  PDFOperator,
  PDFOperatorNames,
  type PDFPage,
  type PDFRef,
  PDFString,
} from "pdf-lib";

/** What a text is. */
export type StructureRole = "H1" | "H2" | "P";

/** One element with the pieces of content that make it up: marked content by its number, or a field. */
type Element = {
  readonly role: StructureRole | "Form";
  readonly ref: PDFRef;
  readonly pieces: [PDFPage, number | PDFRef][];
};

const LANGUAGE = "ja-JP";

/** Grows while pages are drawn; written once they are. */
export class StructureTree {
  readonly #document: PDFDocument;
  readonly #elements = new Map<object, Element>();
  readonly #pages = new Map<PDFPage, PDFRef[]>();
  readonly #fields: { readonly widget: PDFDict; readonly owner: PDFRef }[] = [];

  /** An empty structure. */
  constructor(document: PDFDocument) {
    this.#document = document;
  }

  /** Draws a piece of content that belongs to the element known by `key`. */
  mark(page: PDFPage, role: StructureRole, key: object, draw: () => void): void {
    const element = this.#elements.get(key) ?? { role, ref: this.#document.context.nextRef(), pieces: [] };
    this.#elements.set(key, element);
    const owners = this.#pages.get(page) ?? [];
    this.#pages.set(page, owners);
    element.pieces.push([page, owners.length]);
    begin(page, PDFOperatorNames.BeginMarkedContentSequence, `/${role}`, `<</MCID ${owners.length}>>`);
    owners.push(element.ref);
    draw();
    end(page);
  }

  /** Adds a field to fill in, known by its widget (ISO 32000-2 §14.8.4.7.4). */
  field(page: PDFPage, widget: PDFRef, dict: PDFDict): void {
    const owner = this.#document.context.nextRef();
    this.#elements.set(dict, { role: "Form", ref: owner, pieces: [[page, widget]] });
    this.#fields.push({ widget: dict, owner });
  }

  /** Draws what is no content: rules, and the heads and feet of pages. */
  artifact(page: PDFPage, draw: () => void): void {
    begin(page, PDFOperatorNames.BeginMarkedContent, "/Artifact");
    draw();
    end(page);
  }

  /** Writes the structure into the document's catalog and pages. */
  finish(): void {
    const { context, catalog } = this.#document;
    const [root, document] = [context.nextRef(), context.nextRef()];
    const kids = [...this.#elements.values()].map(({ role, ref, pieces }) => {
      const K = pieces.map(([page, piece]) =>
        typeof piece === "number"
          ? { Type: "MCR", Pg: page.ref, MCID: piece }
          : { Type: "OBJR", Pg: page.ref, Obj: piece }
      );
      context.assign(ref, context.obj({ Type: "StructElem", S: role, P: document, K }));
      return ref;
    });
    const parents: [PDFNumber, PDFRef][] = [...this.#pages].map(([page, owners], index) => {
      page.node.set(PDFName.of("StructParents"), context.obj(index));
      return [context.obj(index), context.register(context.obj(owners))];
    });
    for (const [index, { widget, owner }] of this.#fields.entries()) {
      const key = this.#pages.size + index;
      widget.set(PDFName.of("StructParent"), context.obj(key));
      parents.push([context.obj(key), owner]);
    }
    const whole = { Type: "StructElem", S: "Document", P: root, K: kids, Lang: PDFString.of(LANGUAGE) };
    context.assign(document, context.obj(whole));
    const tree = { Type: "StructTreeRoot", K: [document], ParentTree: context.obj({ Nums: parents.flat() }) };
    context.assign(root, context.obj({ ...tree, ParentTreeNextKey: parents.length }));
    catalog.set(PDFName.of("StructTreeRoot"), root);
    catalog.set(PDFName.of("MarkInfo"), context.obj({ Marked: true }));
  }
}

function begin(page: PDFPage, name: PDFOperatorNames, ...args: string[]): void {
  page.pushOperators(PDFOperator.of(name, args));
}

function end(page: PDFPage): void {
  page.pushOperators(PDFOperator.of(PDFOperatorNames.EndMarkedContent));
}
