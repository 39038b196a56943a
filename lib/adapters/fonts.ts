/**
 * The Japanese fonts that come with the project: for the PDFs it makes, for pages of PDFs without their own
 * fonts, and for the browser of the tests.
 *
 * @module
 */
import { PortError } from "../ports.ts";

/** Which style of letter: ゴシック体 or 明朝体. */
export type FontStyle = "sans" | "serif";

const FILES: Record<FontStyle, string> = {
  sans: "@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf",
  serif: "@expo-google-fonts/noto-serif-jp/400Regular/NotoSerifJP_400Regular.ttf",
};

const loaded = new Map<FontStyle, Promise<Uint8Array<ArrayBuffer>>>();

/** Where the font's file lies. */
export function fontUrl(style: FontStyle): URL {
  const packageName = FILES[style].split("/").slice(0, 2).join("/");
  const entry = import.meta.resolve(packageName);
  return new URL(FILES[style].slice(packageName.length + 1), new URL(".", entry));
}

/**
 * A TrueType font with all JIS kanji (5–8 MB), read once and shared: never write to it. Throws `PortError`
 * `misconfigured` when the package is not installed.
 */
export function loadFont(style: FontStyle): Promise<Uint8Array<ArrayBuffer>> {
  const known = loaded.get(style);
  if (known !== undefined) return known;
  const loading = read(style);
  loaded.set(style, loading);
  loading.catch(() => loaded.delete(style));
  return loading;
}

async function read(style: FontStyle): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await Deno.readFile(fontUrl(style));
  } catch (cause) {
    throw new PortError("misconfigured", `Cannot load the font "${style}": its package is not installed`, {
      retryable: false,
      cause,
    });
  }
}
