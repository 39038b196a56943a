/**
 * Files out of `winmail.dat`, which Outlook sends when it takes the receiver for Outlook (MS-OXTNEF).
 *
 * @module
 */
import { attachedName } from "./tnef_properties.ts";

/** A file as it lies in the container. */
export type TnefFile = { readonly filename: string; readonly content: Uint8Array };

const SIGNATURE = 0x223e9f78;

/** Files of one container. */
const MAX_FILES = 50;

/** Attributes that matter here (MS-OXTNEF 2.1.3.3): their types are in the upper half. */
const ATTRIBUTE = {
  codePage: 0x00069007,
  renderData: 0x00069002,
  title: 0x00018010,
  data: 0x0006800f,
  properties: 0x00069005,
} as const;

/** Windows code pages as encodings; Japanese where nothing is said. */
const ENCODINGS: Readonly<Record<number, string>> = {
  932: "shift_jis",
  1252: "windows-1252",
  65001: "utf-8",
};

/** The files of a container; none when it is no TNEF. What is cut off is left out. */
export function tnefFiles(bytes: Uint8Array): TnefFile[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 6 || view.getUint32(0, true) !== SIGNATURE) return [];
  const files: { filename: string; content: Uint8Array }[] = [];
  let encoding = "shift_jis";
  for (const { id, value } of attributes(bytes, view)) {
    if (id === ATTRIBUTE.codePage && value.length >= 2) {
      encoding = ENCODINGS[value[0]! | (value[1]! << 8)] ?? encoding;
    } else if (id === ATTRIBUTE.renderData) {
      if (files.length === MAX_FILES) break;
      files.push({ filename: "", content: new Uint8Array() }); // MS-OXTNEF 2.1.3.3.15: begins an attachment.
    }
    const file = files.at(-1);
    if (file === undefined) continue;
    if (id === ATTRIBUTE.data) file.content = value;
    else if (id === ATTRIBUTE.title) file.filename ||= untilNul(new TextDecoder(encoding).decode(value));
    else if (id === ATTRIBUTE.properties) file.filename = attachedName(value, encoding) ?? file.filename;
  }
  return files.filter((file) => file.content.length > 0);
}

/** Level (1 byte), id, length, value, checksum (2 bytes); the checksum is not looked at. */
function* attributes(bytes: Uint8Array, view: DataView): Generator<{ id: number; value: Uint8Array }> {
  for (let at = 6; at + 9 <= bytes.length;) {
    const id = view.getUint32(at + 1, true);
    const length = view.getUint32(at + 5, true);
    const end = at + 9 + length;
    if (end > bytes.length) return;
    yield { id, value: bytes.subarray(at + 9, end) };
    at = end + 2;
  }
}

const untilNul = (text: string): string => text.split("\0", 1)[0] ?? "";
