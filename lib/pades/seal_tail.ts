/** What a seal appends to a file. */
export type SealTail = {
  /** The appended bytes; everything before them stays as it is. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Hexadecimal SHA-256 of the whole file with the tail. */
  readonly sha256: string;
};
