import { deepStrictEqual as deepEqual, rejects, strictEqual as equal } from "node:assert/strict";
import { processConsentReader } from "../../lib/adapters/process_consent_reader.ts";
import { PortError } from "../../lib/ports.ts";
import { pdfWithTangledFont } from "../support/tangled_font.ts";

const file = async (filename: string) => ({
  filename,
  content: await Deno.readFile(new URL(`../fixtures/forms/${filename}`, import.meta.url)),
});

Deno.test("forms are read in a process of their own, those without embedded fonts too", async () => {
  const reader = processConsentReader();
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
    await reader.close();
  }
});

Deno.test("a machine that has no time for it is a fault of the port", async () => {
  const reader = processConsentReader({ waitMs: 0 });
  try {
    await rejects(reader.read({ files: [], text: "" }), PortError);
  } finally {
    await reader.close();
  }
});

Deno.test("a font that would take for ever is too slow, and the forms beside it are read", async () => {
  const slow = { filename: "slow.pdf", content: pdfWithTangledFont(40) };
  const reader = processConsentReader({ workMs: 500 });
  try {
    const refused = { read: false, why: "too_slow", file: "slow.pdf" };
    deepEqual(await reader.read({ files: [slow], text: "よろしくお願いします。" }), refused);
    const beside = await reader.read({ files: [slow, await file("A1_goods_2conf.docx")], text: "" });
    equal(beside.read && beside.file, "A1_goods_2conf.docx");
  } finally {
    await reader.close();
  }
});

Deno.test("the same font is read where its subroutines are few", async () => {
  const reader = processConsentReader();
  try {
    const content = pdfWithTangledFont(1);
    deepEqual(await reader.read({ files: [{ filename: "a.pdf", content }], text: "" }), {
      read: false,
      why: "no_form",
      file: "a.pdf",
    });
  } finally {
    await reader.close();
  }
});

Deno.test("a promise that the PDF reader forgot about ends nothing", async () => {
  const url = new URL("../fixtures/forms_hostile/xref_entry.pdf", import.meta.url);
  const content = await Deno.readFile(url);
  let processes = 0;
  const Real = Deno.Command;
  Deno.Command = class extends Real {
    constructor(...args: ConstructorParameters<typeof Real>) {
      super(...args);
      processes++;
    }
  };
  const reader = processConsentReader();
  try {
    const first = await reader.read({ files: [{ filename: "form.pdf", content }], text: "" });
    const good = await reader.read({ files: [await file("A1_goods_2conf.docx")], text: "" });
    equal(typeof first.read, "boolean");
    equal(good.read, true);
    equal(processes, 1);
  } finally {
    await reader.close();
    Deno.Command = Real;
  }
});

Deno.test("after the mails it may read, and after a rest, a new process goes on", async () => {
  const reader = processConsentReader({ jobsPerProcess: 2, idleMs: 0 });
  try {
    for (let mail = 0; mail < 3; mail++) {
      equal((await reader.read({ files: [await file("A1_goods_2conf.docx")], text: "" })).read, true);
    }
  } finally {
    await reader.close();
  }
  await rejects(reader.read({ files: [], text: "" }), { name: "PortError", code: "unavailable" });
});
