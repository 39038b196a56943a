import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import fc from "fast-check";
import { parseSignerUrl } from "../../lib/settings/signer_url.ts";

const isProblem = (text: string): boolean => "problem" in parseSignerUrl(text);

Deno.test("development and files are named plainly", () => {
  deepEqual(parseSignerUrl("dev:"), { kind: "dev" });
  deepEqual(parseSignerUrl("p12:/etc/署名 鍵.p12"), {
    kind: "p12",
    file: "/etc/署名 鍵.p12",
    algorithm: null,
  });
  deepEqual(parseSignerUrl("p12:a.p12?algorithm=PS256"), { kind: "p12", file: "a.p12", algorithm: "PS256" });
  for (const text of ["", "dev", "dev:x", "p12:", "key", "https://x", "p12:a?algorithm=MD5"]) {
    ok(isProblem(text), text);
  }
});

Deno.test("a signing service is an https address with a credential", () => {
  deepEqual(parseSignerUrl("csc:https://signing.example/csc/v2/?credential=GX%2F01"), {
    kind: "csc",
    base: "https://signing.example/csc/v2",
    credential: "GX/01",
    tokenUrl: "https://signing.example/csc/v2/oauth2/token",
    algorithm: null,
  });
  deepEqual(
    parseSignerUrl(
      "csc:https://a.example/csc/v2?credential=1&token=https%3A%2F%2Fb.example%2Ft&algorithm=PS256",
    ),
    {
      kind: "csc",
      base: "https://a.example/csc/v2",
      credential: "1",
      tokenUrl: "https://b.example/t",
      algorithm: "PS256",
    },
  );
});

Deno.test("secrets go to https only, but on this machine itself, and stand in no address", () => {
  for (const host of ["localhost:8080", "127.0.0.1", "127.1.2.3:1", "[::1]:9"]) {
    ok(!isProblem(`csc:http://${host}/csc/v2?credential=1`), host);
  }
  for (
    const text of [
      "csc:",
      "csc:https://a.example/csc/v2",
      "csc:https://a.example/csc/v2?credential=",
      "csc:http://a.example/csc/v2?credential=1",
      "csc:http://127.0.0.1.example/csc/v2?credential=1",
      "csc:http://localhost.example/csc/v2?credential=1",
      "csc:ftp://a.example/?credential=1",
      "csc:https://user:secret@a.example/csc/v2?credential=1",
      "csc:https://a.example/csc/v2?credential=1&credential=2",
      "csc:https://a.example/csc/v2?credential=1&secret=2",
      "csc:https://a.example/csc/v2?credential=1#x",
      "csc:https://a.example/csc/v2?credential=1&token=http://b.example/",
      "csc:https://a.example/csc/v2?credential=1&token=nowhere",
      "csc:https://a.example/csc/v2?credential=1&algorithm=RS512",
    ]
  ) ok(isProblem(text), text);
});

Deno.test("a token is named by its label, a key by label or id, as RFC 7512 writes them", () => {
  const modulePath = "/usr/lib/softhsm/libsofthsm2.so";
  const known = { kind: "pkcs11", token: "warifu", modulePath, variables: [], algorithm: null };
  deepEqual(parseSignerUrl(`pkcs11:token=warifu;object=sealing;type=private?module-path=${modulePath}`), {
    ...known,
    object: "sealing",
    id: null,
  });
  deepEqual(parseSignerUrl(`pkcs11:token=warifu;id=%01%aB%20a?module-path=${modulePath}`), {
    ...known,
    object: null,
    id: "01ab2061",
  });
  deepEqual(
    parseSignerUrl(
      "pkcs11:object=%E5%89%B2%E7%AC%A6;token=%E7%9C%8C%3B1?module-path=m&env=SOFTHSM2_CONF,B&algorithm=PS256",
    ),
    {
      kind: "pkcs11",
      token: "県;1",
      object: "割符",
      id: null,
      modulePath: "m",
      variables: ["SOFTHSM2_CONF", "B"],
      algorithm: "PS256",
    },
  );
});

Deno.test("what does not name one key, or names the PIN, is refused", () => {
  for (
    const text of [
      "pkcs11:",
      "pkcs11:token=warifu",
      "pkcs11:token=warifu;object=a",
      "pkcs11:token=warifu?module-path=m",
      "pkcs11:object=a?module-path=m",
      "pkcs11:token=;object=a?module-path=m",
      "pkcs11:token=t;object=a;object=b?module-path=m",
      "pkcs11:token=t;object=a;serial=1?module-path=m",
      "pkcs11:token=t;object=a;type=cert?module-path=m",
      "pkcs11:token=t;object=a?module-path=m&pin-value=4321",
      "pkcs11:token=t;object=a?module-path=m&pin-source=file:/pin",
      "pkcs11:token=t;object=a?module-path=m&env=A=B",
      "pkcs11:token=t;object=a?module-path=m&env=LD_PRELOAD",
      "pkcs11:token=t;object=a?module-path=m&algorithm=MD5",
      "pkcs11:token=%ff;object=a?module-path=m",
      "pkcs11:token=%0;object=a?module-path=m",
      "pkcs11:token=t%00;object=a?module-path=m",
    ]
  ) ok(isProblem(text), text);
});

Deno.test("property: any text is an address or a problem that repeats nothing of it", () => {
  const kind = fc.constantFrom("", "p12:", "csc:", "csc:https://", "pkcs11:", "pkcs11:token=t;object=");
  fc.assert(fc.property(kind, fc.string({ unit: "binary" }), (start, rest) => {
    const parsed = parseSignerUrl(start + rest);
    if ("problem" in parsed && rest.length > 12) ok(!parsed.problem.includes(rest));
  }));
  fc.assert(fc.property(fc.string({ unit: "binary", minLength: 1 }), (label) => {
    const parsed = parseSignerUrl(
      `pkcs11:token=${encodeURIComponent(label.toWellFormed())};id=%01?module-path=m`,
    );
    if (!/[\0\uFFFD]/.test(label.toWellFormed())) {
      equal("problem" in parsed || parsed.kind !== "pkcs11" ? null : parsed.token, label);
    }
  }));
});
