/**
 * Goes through the fields of a SEQUENCE in order, mandatory and optional ones, and says where it met a fault.
 *
 * @module
 */
import { type Bytes, childrenOf, type DerNode, readDer, TAG, unreadableDer } from "./der.ts";

/** The fields of one SEQUENCE or SET, taken from front to back. */
export class DerFields {
  /** Path of the structure in terms of its standard, `Certificate.validity`. */
  readonly where: string;
  readonly #nodes: readonly DerNode[];
  #at = 0;

  /** Opens the structure that `node` holds. Throws `UnreadableError`. */
  constructor(node: DerNode, where: string) {
    this.where = where;
    this.#nodes = childrenOf(node, where);
  }

  /** Whether fields are left. */
  get more(): boolean {
    return this.#at < this.#nodes.length;
  }

  /** The next field, whatever it is. Throws `UnreadableError` when none is left. */
  any(name: string): DerNode {
    const node = this.#nodes[this.#at];
    if (node === undefined) throw unreadableDer(`${this.where}.${name}`, "it is missing");
    this.#at++;
    return node;
  }

  /** The next field, which must have this tag. Throws `UnreadableError`. */
  take(tag: number, name: string): DerNode {
    const node = this.any(name);
    if (node.tag !== tag) throw unreadableDer(`${this.where}.${name}`, `a tag of ${node.tag}, not ${tag}`);
    return node;
  }

  /** The next field if it has this tag. */
  optional(tag: number): DerNode | null {
    const node = this.#nodes[this.#at];
    if (node?.tag !== tag) return null;
    this.#at++;
    return node;
  }

  /** The next field, opened. */
  open(tag: number, name: string): DerFields {
    return new DerFields(this.take(tag, name), `${this.where}.${name}`);
  }

  /** Throws `UnreadableError` when fields are left. */
  end(): void {
    if (this.more) throw unreadableDer(this.where, "unknown fields at the end");
  }
}

/** Opens bytes that are one SEQUENCE. Throws `UnreadableError`. */
export function openSequence(bytes: Bytes, where: string): DerFields {
  return openNode(readDer(bytes, where), TAG.sequence, where);
}

/** Opens an element that must have this tag. Throws `UnreadableError`. */
export function openNode(node: DerNode, tag: number, where: string): DerFields {
  if (node.tag !== tag) throw unreadableDer(where, `a tag of ${node.tag}, not ${tag}`);
  return new DerFields(node, where);
}
