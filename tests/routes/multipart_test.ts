import { deepStrictEqual as deepEqual, rejects, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { formParts, partText } from "../../routes/multipart.ts";
import { RequestFault } from "../../routes/read_form.ts";

/** A request whose body comes in pieces of a size. */
function request(body: Uint8Array<ArrayBuffer>, contentType: string, size: number): Request {
  let at = 0;
  const stream = new ReadableStream({
    pull(controller) {
      if (at >= body.length) return controller.close();
      controller.enqueue(body.subarray(at, at += size));
    },
  });
  return new Request("http://localhost/", {
    method: "POST",
    headers: { "content-type": contentType },
    body: stream,
  });
}

async function read(from: Request) {
  const parts = [];
  for await (const part of formParts(from)) {
    parts.push([part.name, part.filename, [...await new Response(part.content).bytes()]]);
  }
  return parts;
}

Deno.test("what a form holds comes out whole, however its body is cut", async () => {
  const content = fc.uint8Array({ maxLength: 200 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(content, { maxLength: 4 }),
      fc.integer({ min: 1, max: 64 }),
      async (files, size) => {
        const form = new FormData();
        form.append("語", "値");
        files.forEach((file, index) =>
          form.append("pdf", new File([new Uint8Array(file)], `契約${index}.pdf`))
        );
        const encoded = new Response(form);
        const type = encoded.headers.get("content-type")!;
        const parts = await read(request(await encoded.bytes(), type, size));
        deepEqual(parts, [
          ["語", null, [...new TextEncoder().encode("値")]],
          ...files.map((file, index) => ["pdf", `契約${index}.pdf`, [...file]]),
        ]);
      },
    ),
    { numRuns: 60 },
  );
});

Deno.test("a long name is cut between characters, and nothing in it turns its direction", async () => {
  const body = (filename: string) =>
    new TextEncoder().encode(
      `--b\r\nContent-Disposition: form-data; name="pdf"; filename="${filename}"\r\n\r\nx\r\n--b--`,
    );
  const nameOf = async (filename: string) =>
    (await read(request(body(filename), "multipart/form-data; boundary=b", 50)))[0]?.[1];
  // Half a character can't be written into a header: the file could never be handed out again.
  equal(await nameOf(`${"𠮷".repeat(300)}a.pdf`), `${"𠮷".repeat(195)}a.pdf`);
  equal(await nameOf("契約\u202efdp.exe"), "契約fdp.exe");
});

Deno.test("folders and control characters are no part of a file's name", async () => {
  const body =
    '--b\r\nContent-Disposition: form-data; name="pdf"; filename="C:\\x\\../e\u0001vil.pdf"\r\n\r\nx\r\n--b--';
  const [part] = await read(request(new TextEncoder().encode(body), "multipart/form-data; boundary=b", 7));
  equal(part?.[1], "evil.pdf");
});

Deno.test("a body of another type, cut short, or with a value too long is refused", async () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const type = "multipart/form-data; boundary=b";
  const status = (expected: number) => (error: unknown) =>
    error instanceof RequestFault && error.status === expected;
  await rejects(read(request(bytes("a=b"), "text/plain", 9)), status(415));
  await rejects(
    read(request(bytes('--b\r\nContent-Disposition: form-data; name="x"\r\n\r\nfoo'), type, 9)),
    status(400),
  );
  await rejects(read(request(bytes("nothing"), type, 9)), status(400));
  const long = `--b\r\nContent-Disposition: form-data; name="x"\r\n\r\n${"y".repeat(50)}\r\n--b--`;
  await rejects(async () => {
    for await (const part of formParts(request(bytes(long), type, 9))) await partText(part, 10);
  }, status(413));
});
