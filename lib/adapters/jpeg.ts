/**
 * Writes JPEG images of scanned pages, for which PNG would be ten times larger.
 *
 * @module
 */
import makeEncoder from "@jsquash/jpeg/codec/enc/mozjpeg_enc.js";
import type { Drawing } from "./png.ts";

/** The encoder's call, and what it is told (libjpeg's names). */
type Encoder = {
  encode(rgbx: Uint8Array, width: number, height: number, options: object): Uint8Array<ArrayBuffer>;
};
type Factory = (overrides: object) => Promise<Encoder>;

/** Good enough for the small letters of a scan at the width of a phone; a sixth of what 95 would take. */
const QUALITY = 60;
const GREYSCALE = 1;
const COLOUR = 3;

const OPTIONS = {
  quality: QUALITY,
  baseline: false,
  arithmetic: false,
  // Shows the whole page early on a slow line, and is smaller.
  progressive: true,
  optimize_coding: true,
  smoothing: 0,
  quant_table: 3,
  trellis_multipass: false,
  trellis_opt_zero: false,
  trellis_opt_table: false,
  trellis_loops: 1,
  auto_subsample: true,
  chroma_subsample: 2,
  separate_chroma_quality: false,
  chroma_quality: QUALITY,
};

/** Writes JPEGs in WebAssembly of its own. */
export type JpegWriter = {
  /** The drawing as a JPEG file; without its colours when `grey`. */
  readonly write: (drawing: Drawing, grey: boolean) => Uint8Array<ArrayBuffer>;
  /** Memory that it holds, in bytes; it never shrinks. */
  readonly memoryBytes: () => number;
};

/** Where the encoder's WebAssembly lies. */
export function jpegWasm(): URL {
  return new URL(import.meta.resolve("@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm"));
}

/** Starts the encoder. */
export async function startJpeg(compiled: WebAssembly.Module): Promise<JpegWriter> {
  let memory: WebAssembly.Memory | undefined;
  const encoder = await (makeEncoder as unknown as Factory)({
    noInitialRun: true,
    instantiateWasm(imports: WebAssembly.Imports, started: (instance: WebAssembly.Instance) => void) {
      const instance = new WebAssembly.Instance(compiled, imports);
      memory = Object.values(instance.exports).find((each) => each instanceof WebAssembly.Memory);
      started(instance);
      return instance.exports;
    },
  });
  return {
    write({ rgbx, width, height }, grey) {
      const options = { ...OPTIONS, color_space: grey ? GREYSCALE : COLOUR };
      // The answer may be a view into the encoder's memory, which the next page overwrites.
      return new Uint8Array(encoder.encode(rgbx, width, height, options));
    },
    memoryBytes: () => memory?.buffer.byteLength ?? 0,
  };
}
