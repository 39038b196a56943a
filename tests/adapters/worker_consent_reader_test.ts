import { deepStrictEqual as deepEqual, rejects, strictEqual as equal } from "node:assert/strict";
import { workerConsentReader } from "../../lib/adapters/worker_consent_reader.ts";
import { PortError } from "../../lib/ports.ts";

const file = async (filename: string) => ({
  filename,
  content: await Deno.readFile(new URL(`../fixtures/forms/${filename}`, import.meta.url)),
});

Deno.test("forms are read in a worker, those without embedded fonts too", async () => {
  const reader = workerConsentReader();
  try {
    for (const name of ["A1_goods_2conf.docx", "P_S1_rksj_nonembedded.pdf"]) {
      const reading = await reader.read({ files: [await file(name)], text: "" });
      equal(reading.read && reading.form.vendors[0]?.confirmers.length, 2);
    }
    deepEqual(await reader.read({ files: [], text: "お世話になっております。" }), {
      read: false,
      why: "no_form",
      file: null,
    });
  } finally {
    reader.close();
  }
});

Deno.test("a worker that takes too long is a fault of the port", async () => {
  const reader = workerConsentReader({ jobMs: 0 });
  try {
    await rejects(reader.read({ files: [], text: "" }), PortError);
  } finally {
    reader.close();
  }
});

Deno.test("a promise that the PDF reader forgot about ends no worker", async () => {
  const url = new URL("../fixtures/forms_hostile/xref_entry.pdf", import.meta.url);
  const content = await Deno.readFile(url);
  let workers = 0;
  const Real = globalThis.Worker;
  globalThis.Worker = class extends Real {
    constructor(...args: ConstructorParameters<typeof Real>) {
      super(...args);
      workers++;
    }
  };
  const reader = workerConsentReader();
  try {
    const first = await reader.read({ files: [{ filename: "form.pdf", content }], text: "" });
    const good = await reader.read({ files: [await file("A1_goods_2conf.docx")], text: "" });
    equal(typeof first.read, "boolean");
    equal(good.read, true);
    equal(workers, 1);
  } finally {
    reader.close();
    globalThis.Worker = Real;
  }
});
