/**
 * pdf.js with its own viewer components, as a service would give them to phones: fetched from npm for the
 * measurement alone, and compressed.
 *
 * @module
 */
import { brotliCompressSync, constants } from "node:zlib";
import { fetchTool } from "./npm_tool.ts";

const PACKAGE = "pdfjs-dist@6.5.438";
const TYPES: Readonly<Record<string, string>> = {
  mjs: "text/javascript",
  css: "text/css",
  html: "text/html; charset=utf-8",
};

const PAGE = `<!doctype html><html lang="ja"><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>pdf.js</title>
<link rel="stylesheet" href="/pdfjs/web/pdf_viewer.css">
<style>body{margin:0}#container{position:absolute;inset:0;overflow:auto}</style>
<div id="container"><div id="viewer" class="pdfViewer"></div></div>
<script type="module" src="/pdfjs/show.mjs"></script>`;

/** Set so that it fetches no more of the PDF than it needs: left alone it fetches all, which takes a slow line. */
const show = (pdf: string): string =>
  `import * as pdfjsLib from "/pdfjs/build/pdf.min.mjs";
globalThis.pdfjsLib = pdfjsLib;
const { EventBus, PDFViewer } = await import("/pdfjs/web/pdf_viewer.mjs");
pdfjsLib.GlobalWorkerOptions.workerSrc = "/pdfjs/build/pdf.worker.min.mjs";
const eventBus = new EventBus();
const viewer = new PDFViewer({ container: document.getElementById("container"), eventBus });
eventBus.on("pagesinit", () => viewer.currentScaleValue = "page-width");
eventBus.on("pagerendered", ({ pageNumber }) => {
  globalThis.drawn = (globalThis.drawn ?? new Set()).add(pageNumber);
  if (pageNumber === 1) globalThis.firstAt ??= performance.now();
});
viewer.setDocument(await pdfjsLib.getDocument({ url: "${pdf}", cMapUrl: "/pdfjs/cmaps/", cMapPacked: true,
  standardFontDataUrl: "/pdfjs/standard_fonts/", wasmUrl: "/pdfjs/wasm/",
  disableAutoFetch: true, disableStream: true }).promise);
`;

/** Answers for what lies under `/pdfjs/`, with a page that shows the PDF at `pdf`; null for all else. */
export type Pdfjs = (request: Request, pdf: string) => Promise<Response | null>;

const packedBy = (content: Uint8Array): Uint8Array<ArrayBuffer> =>
  new Uint8Array(brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));

/** Fetches pdf.js into `folder`. */
export async function pdfjsViewer(folder: string): Promise<Pdfjs> {
  await fetchTool(folder, PACKAGE);
  const packed = new Map<string, Uint8Array<ArrayBuffer>>();
  const contentOf = async (name: string, pdf: string): Promise<Uint8Array<ArrayBuffer>> => {
    if (name === "index.html") return packedBy(new TextEncoder().encode(PAGE));
    if (name === "show.mjs") return packedBy(new TextEncoder().encode(show(pdf)));
    const known = packed.get(name) ??
      packedBy(await Deno.readFile(`${folder}/node_modules/pdfjs-dist/${name}`));
    packed.set(name, known);
    return known;
  };
  return async (request, pdf) => {
    const [, name] = /^\/pdfjs\/([\w./-]+)$/.exec(new URL(request.url).pathname) ?? [];
    if (!name || name.includes("..")) return null;
    const type = TYPES[name.split(".").at(-1) ?? ""] ?? "application/octet-stream";
    return new Response(await contentOf(name, pdf), {
      headers: { "content-type": type, "content-encoding": "br" },
    });
  };
}
