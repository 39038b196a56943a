/**
 * Values as PDF syntax, in the form that `lexer.ts` reads back to the same value.
 *
 * @module
 */
import { latin1 } from "./characters.ts";
import { isRef, nameText, type PdfDict, type PdfValue } from "./values.ts";

/** A value as PDF syntax; each character stands for one byte. Throws `RangeError` for a number that is not finite. */
export function writeValue(value: PdfValue): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") return writeNumber(value);
  if (Array.isArray(value)) return `[${value.map(writeValue).join(" ")}]`;
  if (value instanceof Map) return writeDict(value);
  switch (value.kind) {
    case "name":
      return writeName(value.name);
    case "string":
      return writeString(value.bytes);
    case "ref":
      return `${value.number} ${value.generation} R`;
    case "token":
      return value.text;
  }
}

function writeDict(dict: PdfDict): string {
  const entries = Array.from(dict, ([key, value]) => {
    const delimits = nameText(value) !== undefined ||
      (typeof value === "object" && value !== null && !isBare(value));
    return `${writeName(key)}${delimits ? "" : " "}${writeValue(value)}`;
  });
  return `<<${entries.join("\n")}>>`;
}

/** Whether the value begins with a regular character, so that a space must part it from a name before it. */
function isBare(value: Exclude<PdfValue, null | boolean | number>): boolean {
  return isRef(value) || (!Array.isArray(value) && !(value instanceof Map) && value.kind === "token");
}

/** ISO 32000-2 §7.3.3 knows no exponent. */
function writeNumber(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError("Cannot write PDF number: it is not finite");
  const text = String(value);
  if (!text.includes("e")) return text;
  return Math.abs(value) < 1 ? value.toFixed(20).replace(/0+$/, "0") : BigInt(value).toString();
}

function writeName(name: string): string {
  const escaped = name.replace(
    /[^!-~]|[#()<>[\]{}/%]/g,
    (mark) => `#${mark.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
  return `/${escaped}`;
}

function writeString(bytes: Uint8Array): string {
  if (bytes.every((code) => code >= 0x20 && code <= 0x7e)) {
    return `(${latin1(bytes).replace(/[\\()]/g, "\\$&")})`;
  }
  return `<${hexOf(bytes)}>`;
}

/** Bytes as upper-case hexadecimal digits. */
export function hexOf(bytes: Uint8Array): string {
  return bytes.toHex().toUpperCase();
}
