import { deepStrictEqual as deepEqual, ok, strictEqual as equal } from "node:assert/strict";
import { Buffer } from "node:buffer";
import fc from "fast-check";
import { demoSettings } from "../../lib/settings/demo_settings.ts";
import type { Environment } from "../../lib/settings/environment.ts";
import { parseEnvironment, type Variables } from "../../lib/settings/parse_environment.ts";
import { productionFaults } from "../../lib/settings/production_faults.ts";

function parsed(variables: Variables): Environment {
  const environment = parseEnvironment(variables);
  ok(!("faults" in environment), JSON.stringify(environment));
  return environment;
}

function faultyNames(variables: Variables): string[] {
  const environment = parseEnvironment(variables);
  return "faults" in environment ? environment.faults.map((fault) => fault.path) : [];
}

const KEY = Buffer.alloc(32, 9).toString("base64url");

Deno.test("an empty environment is a development service on this machine", () => {
  deepEqual(parsed({}), {
    mode: "development",
    publicUrl: "http://localhost:8000",
    httpListen: { hostname: "127.0.0.1", port: 8000 },
    smtpListen: { hostname: "127.0.0.1", port: 2525 },
    lmtpListen: null,
    smtpTls: null,
    smtpRelays: [],
    trustedProxies: [],
    dataDir: "data",
    pageCacheBytes: 536_870_912,
    storeUrl: "kv:",
    blobUrl: "file:",
    mailOutUrl: "mailbox:",
    mxCheck: false,
    convertOldForms: "off",
    dkimKeyFile: null,
    dkimSelector: null,
    resendApiKey: null,
    resendBaseUrl: null,
    mailAuth: "observe",
    mailSpf: "off",
    trustedForwarders: [],
    resendWebhookSecret: null,
    inboundToken: null,
    signerUrl: "dev:",
    signerPassphrase: null,
    signerCertificates: null,
    cscClientId: null,
    cscClientSecret: null,
    tsaUrls: ["dev:"],
    trustRoots: null,
    masterKey: null,
    devClockOffset: 0,
    settingsFile: null,
  });
});

Deno.test("every variable is read", () => {
  const environment = parsed({
    WARIFU_MODE: "production",
    PUBLIC_URL: "https://keiyaku.example.lg.jp/",
    HTTP_LISTEN: "0.0.0.0:80",
    SMTP_LISTEN: "off",
    LMTP_LISTEN: "[::1]:24",
    TRUSTED_PROXIES: "10.0.0.1, 2001:db8::1",
    DATA_DIR: "/var/lib/warifu",
    STORE_URL: "postgres://warifu@db.example/warifu",
    BLOB_URL: "s3+https://s3.example/bucket?region=ap-northeast-1",
    MAIL_OUT_URL: "smtps://user:pass@relay.example:465",
    MAIL_AUTH: "observe",
    MAIL_SPF: "direct",
    TRUSTED_FORWARDERS: "Lists.example.org, example.net",
    RESEND_API_KEY: "re_1",
    RESEND_WEBHOOK_SECRET: `whsec_${"c2Vj".repeat(8)}`,
    SMTP_TLS_CERT: "/etc/warifu/mail.pem",
    SMTP_TLS_KEY: "/etc/warifu/mail.key",
    SMTP_RELAYS: "10.0.0.25",
    INBOUND_TOKEN: "token",
    SIGNER_URL: "p12:/etc/warifu/signer.p12",
    SIGNER_PASSPHRASE: "secret",
    TSA_URL: "https://tsa1.example/tsr,http://tsa2.example",
    TRUST_ROOTS: "/etc/warifu/roots.pem",
    MASTER_KEY: KEY,
    DEV_CLOCK_OFFSET: "-3600",
    PAGE_CACHE_BYTES: "0",
    SETTINGS: "/etc/warifu/settings.json",
  });
  equal(environment.publicUrl, "https://keiyaku.example.lg.jp");
  equal(environment.smtpListen, null);
  deepEqual(environment.lmtpListen, { hostname: "::1", port: 24 });
  deepEqual(environment.trustedProxies, ["10.0.0.1", "2001:db8::1"]);
  deepEqual(environment.smtpTls, { certificate: "/etc/warifu/mail.pem", key: "/etc/warifu/mail.key" });
  deepEqual(environment.smtpRelays, ["10.0.0.25"]);
  deepEqual(environment.tsaUrls, ["https://tsa1.example/tsr", "http://tsa2.example"]);
  deepEqual(environment.masterKey, new Uint8Array(32).fill(9));
  equal(environment.devClockOffset, -3600);
  equal(environment.pageCacheBytes, 0);
  equal(environment.mailAuth, "observe");
  equal(environment.mailSpf, "direct");
  deepEqual(environment.trustedForwarders, ["lists.example.org", "example.net"]);
});

Deno.test("an empty text counts as not set; production enforces mail authentication by itself", () => {
  equal(parsed({ STORE_URL: "", MAIL_AUTH: " " }).storeUrl, "kv:");
  equal(parsed({ WARIFU_MODE: "production" }).mailAuth, "enforce");
});

Deno.test("all faults come at once and never repeat a value", () => {
  const secret = "hunter2hunter2";
  const environment = parseEnvironment({
    WARIFU_MODE: "prod",
    PUBLIC_URL: "ftp://x",
    HTTP_LISTEN: "off",
    SMTP_LISTEN: "2525",
    LMTP_LISTEN: "localhost:99999",
    TRUSTED_PROXIES: "proxy",
    STORE_URL: "mysql://x",
    BLOB_URL: "disk",
    MAIL_OUT_URL: `smtp:${secret}`,
    MAIL_AUTH: "maybe",
    MAIL_SPF: "on",
    TRUSTED_FORWARDERS: "a@example.org",
    SIGNER_URL: "key",
    TSA_URL: "tsa.example",
    RESEND_WEBHOOK_SECRET: secret,
    SMTP_RELAYS: "mx.example",
    MASTER_KEY: secret,
    DEV_CLOCK_OFFSET: "1h",
    PAGE_CACHE_BYTES: "1 GB",
  });
  ok("faults" in environment);
  deepEqual(environment.faults.map((fault) => fault.path).sort(), [
    "BLOB_URL",
    "DEV_CLOCK_OFFSET",
    "HTTP_LISTEN",
    "LMTP_LISTEN",
    "MAIL_AUTH",
    "MAIL_OUT_URL",
    "MAIL_SPF",
    "MASTER_KEY",
    "PAGE_CACHE_BYTES",
    "PUBLIC_URL",
    "RESEND_API_KEY",
    "RESEND_WEBHOOK_SECRET",
    "SIGNER_URL",
    "SMTP_LISTEN",
    "SMTP_RELAYS",
    "STORE_URL",
    "TRUSTED_FORWARDERS",
    "TRUSTED_PROXIES",
    "TSA_URL",
    "WARIFU_MODE",
  ]);
  ok(!JSON.stringify(environment).includes(secret));
});

Deno.test("variables that need another are told so", () => {
  deepEqual(faultyNames({ MAIL_OUT_URL: "resend:" }), ["RESEND_API_KEY"]);
  deepEqual(faultyNames({ MAIL_OUT_URL: "resend:", RESEND_API_KEY: "re_1" }), []);
  deepEqual(faultyNames({ MAIL_OUT_URL: "smtp://relay.example, resend:" }), ["RESEND_API_KEY"]);
  deepEqual(
    faultyNames({ MAIL_OUT_URL: "smtp://a:b,c@relay.example?tls=required,smtps://relay.example" }),
    [],
  );
  deepEqual(faultyNames({ MAIL_OUT_URL: "mailbox:,smtp://relay.example" }), ["MAIL_OUT_URL"]);
  deepEqual(faultyNames({ RESEND_WEBHOOK_SECRET: `whsec_${"c2Vj".repeat(8)}` }), ["RESEND_API_KEY"]);
  deepEqual(faultyNames({ SMTP_TLS_CERT: "mail.pem" }), ["SMTP_TLS_KEY"]);
  deepEqual(faultyNames({ SMTP_TLS_KEY: "mail.key" }), ["SMTP_TLS_CERT"]);
  deepEqual(faultyNames({ TSA_URL: "dev:,https://tsa.example" }), ["TSA_URL"]);
  deepEqual(faultyNames({ PUBLIC_URL: "https://example.jp/keiyaku" }), ["PUBLIC_URL"]);
  deepEqual(faultyNames({ SIGNER_URL: CSC }), ["CSC_CLIENT_ID", "CSC_CLIENT_SECRET"]);
  deepEqual(faultyNames({ SIGNER_URL: CSC, CSC_CLIENT_ID: "warifu", CSC_CLIENT_SECRET: "secret" }), []);
  deepEqual(faultyNames({ SIGNER_URL: PKCS11 }), ["SIGNER_PASSPHRASE"]);
  deepEqual(faultyNames({ SIGNER_URL: PKCS11, SIGNER_PASSPHRASE: "1234" }), []);
});

Deno.test("property: a master key is 32 bytes, no more and no fewer", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
    const text = Buffer.from(bytes).toString("base64url");
    const faults = faultyNames({ MASTER_KEY: text });
    deepEqual(faults, bytes.length === 32 || bytes.length === 0 ? [] : ["MASTER_KEY"]);
  }));
});

const CSC = "csc:https://signing.example/csc/v2?credential=seal";
const PKCS11 = "pkcs11:token=warifu;object=seal?module-path=/usr/lib/module.so";

const GOOD: Variables = {
  WARIFU_MODE: "production",
  PUBLIC_URL: "https://keiyaku.example.lg.jp",
  MAIL_OUT_URL: "smtps://relay.example",
  SIGNER_URL: "p12:signer.p12",
  TSA_URL: "https://tsa.example",
  MASTER_KEY: KEY,
};

Deno.test("production lists everything that only development may use", () => {
  const faults = productionFaults(
    parsed({ WARIFU_MODE: "production", MAIL_AUTH: "observe", DEV_CLOCK_OFFSET: "5" }),
    null,
  );
  deepEqual(faults.map((fault) => fault.path).sort(), [
    "DEV_CLOCK_OFFSET",
    "MAIL_AUTH",
    "MAIL_OUT_URL",
    "MASTER_KEY",
    "PUBLIC_URL",
    "SETTINGS",
    "SIGNER_URL",
    "TSA_URL",
  ]);
});

Deno.test("production starts when all is real; development takes everything", () => {
  deepEqual(productionFaults(parsed(GOOD), demoSettings), []);
  const secrets = { CSC_CLIENT_ID: "warifu", CSC_CLIENT_SECRET: "secret", SIGNER_PASSPHRASE: "1234" };
  for (const SIGNER_URL of [CSC, PKCS11]) {
    deepEqual(productionFaults(parsed({ ...GOOD, ...secrets, SIGNER_URL }), demoSettings), []);
  }
  deepEqual(productionFaults(parsed({}), null), []);
  const plain = { ...GOOD, RESEND_BASE_URL: "http://resend.example" };
  deepEqual(productionFaults(parsed(plain), demoSettings).map(({ path }) => path), ["RESEND_BASE_URL"]);
});

Deno.test("domains are looked up before letters go, in production or when asked for", () => {
  equal(parsed(GOOD).mxCheck, true);
  equal(parsed({ ...GOOD, MX_CHECK: "off" }).mxCheck, false);
  equal(parsed({ MX_CHECK: "on" }).mxCheck, true);
  deepEqual(faultyNames({ MX_CHECK: "yes" }), ["MX_CHECK"]);
});
