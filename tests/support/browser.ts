/**
 * A real browser from npm alone: Chromium with the libraries and the Japanese font it needs, unpacked once into
 * the machine's temporary folder. Nothing of it has to be installed before.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliDecompressSync } from "node:zlib";
import { type Browser, chromium } from "playwright-core";

const FONTS = [
  "@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf",
  "@expo-google-fonts/noto-sans-jp/600SemiBold/NotoSansJP_600SemiBold.ttf",
];

const BLOCK = 512;

/** Where an installed package lies. */
function packageFolder(name: string): string {
  return join(dirname(fileURLToPath(import.meta.url)), "..", "..", "node_modules", name);
}

/** The regular files of a tar archive (ustar, POSIX.1-2001). */
function* untar(archive: Uint8Array): Generator<{ name: string; content: Uint8Array }> {
  const text = (at: number, length: number) =>
    Buffer.from(archive.subarray(at, at + length)).toString().replace(/\0.*$/s, "");
  for (let at = 0; at + BLOCK <= archive.length && archive[at] !== 0;) {
    const size = Number.parseInt(text(at + 124, 12).trim() || "0", 8);
    const folder = text(at + 345, 155);
    const name = folder === "" ? text(at, 100) : `${folder}/${text(at, 100)}`;
    const type = text(at + 156, 1);
    if (type === "0" || type === "") {
      yield { name, content: archive.subarray(at + BLOCK, at + BLOCK + size) };
    }
    at += BLOCK * (1 + Math.ceil(size / BLOCK));
  }
}

const unpacked = async (path: string) => brotliDecompressSync(await Deno.readFile(path));

/** Aliases, so that every family of a page is drawn in the one font there is. */
const fontsConf = (folder: string): string =>
  `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${folder}/fonts</dir>` +
  `<cachedir>${folder}/fontcache</cachedir>` +
  ["sans-serif", "serif", "monospace"].map((family) =>
    `<alias><family>${family}</family><prefer><family>Noto Sans JP</family></prefer></alias>`
  ).join("") + "</fontconfig>";

async function unpackInto(folder: string): Promise<void> {
  const packed = join(packageFolder("@sparticuz/chromium"), "bin");
  for (const archive of ["al2023.tar.br", "swiftshader.tar.br"]) {
    for (const { name, content } of untar(await unpacked(join(packed, archive)))) {
      await Deno.mkdir(dirname(join(folder, name)), { recursive: true });
      await Deno.writeFile(join(folder, name), content, { mode: 0o755 });
    }
  }
  await Deno.mkdir(join(folder, "fonts"), { recursive: true });
  for (const font of FONTS) await Deno.copyFile(packageFolder(font), join(folder, "fonts", basename(font)));
  await Deno.writeFile(join(folder, "chromium"), await unpacked(join(packed, "chromium.br")), {
    mode: 0o755,
  });
}

/** The folder with the browser, made when it is not there. Two processes may make it at once: one of them wins. */
async function browserFolder(): Promise<string> {
  const { version } = JSON.parse(
    await Deno.readTextFile(join(packageFolder("@sparticuz/chromium"), "package.json")),
  ) as { version: string };
  const folder = join(tmpdir(), `warifu-chromium-${version}`);
  const done = await Deno.stat(join(folder, "chromium")).then(() => true, () => false);
  if (done) return folder;
  const part = await Deno.makeTempDir({ prefix: "warifu-chromium-" });
  await unpackInto(part);
  // The folder's own name stands in the configuration, so it is written last.
  await Deno.writeTextFile(join(part, "fonts", "fonts.conf"), fontsConf(folder));
  try {
    await Deno.rename(part, folder);
  } catch (error) {
    const there = await Deno.stat(join(folder, "chromium")).then(() => true, () => false);
    if (!there) throw error;
    await Deno.remove(part, { recursive: true });
  }
  return folder;
}

/** Starts the browser, with further switches where a measurement wants them. Close it when done. */
export async function launchBrowser(switches: readonly string[] = []): Promise<Browser> {
  const folder = await browserFolder();
  return await chromium.launch({
    executablePath: join(folder, "chromium"),
    args: [
      "--no-sandbox",
      "--no-zygote",
      "--headless=shell",
      "--disable-gpu",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--font-render-hinting=none",
      ...switches,
    ],
    env: {
      LD_LIBRARY_PATH: join(folder, "lib"),
      FONTCONFIG_FILE: join(folder, "fonts", "fonts.conf"),
      FONTCONFIG_PATH: join(folder, "fonts"),
      HOME: folder,
      PATH: "/usr/bin:/bin",
    },
  });
}
