import { deepStrictEqual as deepEqual, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { withoutUuencoded } from "../../lib/mail/uuencoded.ts";

/** As POSIX writes it. */
function uuencoded(name: string, content: Uint8Array): string {
  const digit = (value: number) => String.fromCharCode((value & 63) === 0 ? 0x60 : (value & 63) + 0x20);
  const lines: string[] = [];
  for (let at = 0; at < content.length; at += 45) {
    const piece = content.subarray(at, at + 45);
    let line = digit(piece.length);
    for (let group = 0; group < piece.length; group += 3) {
      const [a = 0, b = 0, c = 0] = piece.subarray(group, group + 3);
      line += digit(a >> 2) + digit((a << 4) | (b >> 4)) + digit((b << 2) | (c >> 6)) + digit(c);
    }
    lines.push(line);
  }
  return [`begin 644 ${name}`, ...lines, "`", "end", ""].join("\r\n");
}

async function split(text: string, piece = 7): Promise<{ text: string; files: [string, Uint8Array][] }> {
  const bytes = new TextEncoder().encode(text);
  const files: [string, Uint8Array][] = [];
  const pieces = async function* () {
    for (let at = 0; at < bytes.length; at += piece) {
      yield await Promise.resolve(bytes.subarray(at, at + piece));
    }
  };
  const rest: number[] = [];
  for await (
    const line of withoutUuencoded(pieces(), async (name, content) => {
      const whole: number[] = [];
      for await (const each of content) whole.push(...each);
      files.push([new TextDecoder().decode(name), Uint8Array.from(whole)]);
    })
  ) rest.push(...line);
  return { text: new TextDecoder().decode(Uint8Array.from(rest)), files };
}

const PDF = new TextEncoder().encode("%PDF-1.7 ".repeat(20));

Deno.test("files are taken out of the text, and the text stays", async () => {
  const { text, files } = await split(`前\r\n${uuencoded("契約.pdf", PDF)}間\r\n${uuencoded("b", PDF)}後`);
  equal(text, "前\r\n間\r\n後");
  deepEqual(files, [["契約.pdf", PDF], ["b", PDF]]);
});

const TEXTS: Readonly<Record<string, string>> = {
  "a sentence": "begin 644 people\r\nwith a speech",
  "quoted": `> ${uuencoded("a", PDF).replaceAll("\r\n", "\r\n> ")}`,
  "no mode": "begin now a\r\n#86)C\r\nend\r\n",
  "the end of a mail": "begin 644 a",
  "a long line": `begin 644 a\r\n${"x".repeat(20_000)}`,
};

for (const [name, text] of Object.entries(TEXTS)) {
  Deno.test(`${name} is text`, async () => deepEqual(await split(text), { text, files: [] }));
}

Deno.test("a file without its end is kept as far as it goes, and what follows is text", async () => {
  const whole = uuencoded("a", PDF).replace("`\r\nend\r\n", "よろしくお願いします。");
  deepEqual(await split(whole), { text: "よろしくお願いします。", files: [["a", PDF]] });
});

Deno.test("property: any content comes back, however the text is cut", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 300 }),
      fc.integer({ min: 1, max: 99 }),
      async (content, cut) => {
        fc.pre(content.length > 0);
        deepEqual((await split(uuencoded("a", content), cut)).files, [["a", content]]);
      },
    ),
  );
});

Deno.test("property: any text without a file stays as it is", async () => {
  await fc.assert(fc.asyncProperty(fc.string({ unit: "binary" }), async (text) => {
    equal((await split(text)).text, new TextDecoder().decode(new TextEncoder().encode(text)));
  }));
});
