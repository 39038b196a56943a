/**
 * Encoded words (RFC 2047) in charsets that the parser does not know.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { decodeText } from "./charsets.ts";

const WORD = /=\?([^?\s*]{1,60})(?:\*[^?\s]{0,20})?\?([BbQq])\?([^?\s]*)\?=/g;

/** Labels that the parser takes for ASCII. */
const UNKNOWN_TO_PARSER = /=\?iso-2022-jp-(?:2004|3)\?/i;

/** Whether a header line holds words that the parser would leave undecoded. */
export function hasUnknownWords(line: string): boolean {
  return UNKNOWN_TO_PARSER.test(line);
}

/** The text with its words decoded; words of one charset side by side are decoded together. */
export function decodeWords(text: string): string {
  const joined = text.replace(/\?=\s+(?==\?)/g, "?=");
  const pieces: { charset: string; bytes: Uint8Array }[] = [];
  let decoded = "";
  let at = 0;
  const flush = () => {
    const [first] = pieces;
    if (first) decoded += decodeText(Buffer.concat(pieces.map(({ bytes }) => bytes)), first.charset);
    pieces.length = 0;
  };
  for (const word of joined.matchAll(WORD)) {
    const [whole, charset = "", how = "", content = ""] = word;
    const last = pieces.at(-1);
    if (word.index > at || last?.charset !== charset) flush();
    decoded += joined.slice(at, word.index);
    at = word.index + whole.length;
    pieces.push({ charset, bytes: bytesOf(how, content) });
  }
  flush();
  return decoded + joined.slice(at);
}

function bytesOf(how: string, content: string): Uint8Array {
  if (/b/i.test(how)) return Buffer.from(content, "base64");
  const binary = content.replace(/_/g, " ").replace(
    /=([0-9A-Fa-f]{2})/g,
    (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(binary, "latin1");
}
