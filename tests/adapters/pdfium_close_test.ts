import { rejects } from "node:assert/strict";
import { pdfiumRenderer } from "../../lib/adapters/pdfium_renderer.ts";
import { isFault } from "../conformance/page_renderer.ts";

const PDF = new URL("../fixtures/contracts/keiyakusho_buppin.pdf", import.meta.url);

Deno.test("closed at any moment of a job, it leaves no timer and no process behind, and the job fails at once", async () => {
  const bytes = await Deno.readFile(PDF);
  for (let later = 1; later <= 5; later++) {
    const renderer = pdfiumRenderer({ workers: 1 });
    await renderer.text("warm", () => Promise.resolve(bytes.slice()), 1);
    const { promise: closed, resolve: close } = Promise.withResolvers<void>();
    /** Closes it some steps of the job after its bytes were asked for. */
    const closing = (steps: number): void =>
      steps === 0 ? close(renderer.close()) : queueMicrotask(() => closing(steps - 1));
    const content = () => {
      closing(later);
      return Promise.resolve(bytes.slice());
    };
    await rejects(renderer.text("other", content, 1), isFault("unavailable", true));
    await closed;
  }
});
