/**
 * Makes an environment of environment variables, or lists all that is wrong with them.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { isMailAddress } from "../domain/mail_address.ts";
import type { Endpoint, Environment } from "./environment.ts";
import type { SettingsFault, SettingsFaults } from "./fault.ts";
import { mailOutUrls } from "./mail_out_urls.ts";
import { parseSignerUrl } from "./signer_url.ts";

/** Environment variables as the operating system gives them. An empty text counts as none. */
export type Variables = Readonly<Record<string, string | undefined>>;

const PRINTED_IP = /^(\d{1,3}(\.\d{1,3}){3}|[0-9a-f:]*:[0-9a-f:.]+)$/i;

const isIpAddress = (item: string): boolean => PRINTED_IP.test(item);

/** Reads variables and collects their faults. */
class VariableReader {
  readonly faults: SettingsFault[] = [];
  readonly #variables: Variables;

  constructor(variables: Variables) {
    this.#variables = variables;
  }

  fault(path: string, problem: string): void {
    this.faults.push({ path, problem });
  }

  text(name: string): string | null {
    return this.#variables[name]?.trim() || null;
  }

  /** One of a few words. */
  choice<Word extends string>(name: string, words: readonly Word[], fallback: Word): Word {
    const text = this.text(name);
    if (text === null) return fallback;
    const found = words.find((word) => word === text);
    if (found === undefined) this.fault(name, `must be one of ${words.join(", ")}`);
    return found ?? fallback;
  }

  /** A URL that begins in one of some ways, such as `kv:`. */
  scheme(name: string, schemes: readonly string[], fallback: string): string {
    const text = this.text(name) ?? fallback;
    const fits = schemes.some((scheme) => text === scheme || (text.startsWith(scheme) && isUrl(text)));
    if (!fits) this.fault(name, `must begin with one of ${schemes.join(", ")}`);
    return text;
  }

  /** `host:port`; null for `off` where that is allowed. */
  endpoint(name: string, fallback: string, mayBeOff: boolean): Endpoint | null {
    const text = this.text(name) ?? fallback;
    if (text === "off" && mayBeOff) return null;
    const found = /^(?:\[([0-9a-f:.]+)\]|([A-Za-z0-9.-]*)):(\d{1,5})$/i.exec(text);
    const port = Number(found?.[3]);
    if (!found || port > 65_535) {
      this.fault(
        name,
        `must be host:port${mayBeOff ? " or off" : ""}, as ${fallback === "off" ? "127.0.0.1:24" : fallback}`,
      );
      return null;
    }
    return { hostname: found[1] ?? (found[2] || "0.0.0.0"), port };
  }

  /** Values set apart by commas, each of which must pass a test. */
  list(name: string, test: (item: string) => boolean, problem: string): string[] {
    const items = (this.text(name) ?? "").split(",").map((item) => item.trim()).filter((item) => item !== "");
    if (!items.every(test)) this.fault(name, problem);
    return items;
  }
}

function isUrl(text: string, ...protocols: readonly string[]): boolean {
  if (!URL.canParse(text)) return false;
  return protocols.length === 0 || protocols.includes(new URL(text).protocol);
}

const isDomain = (text: string): boolean => isMailAddress(`a@${text}`);

function publicUrl(read: VariableReader): string {
  const text = read.text("PUBLIC_URL") ?? "http://localhost:8000";
  if (!isUrl(text, "http:", "https:")) {
    read.fault("PUBLIC_URL", "must be an http or https URL");
    return text;
  }
  const { origin, pathname, search, hash } = new URL(text);
  if (pathname !== "/" || search !== "" || hash !== "") read.fault("PUBLIC_URL", "must have no path");
  return origin;
}

const MAIL_SCHEMES = ["mailbox:", "smtp://", "smtps://", "resend:"];

function mailOutUrl(read: VariableReader): string {
  const list = read.text("MAIL_OUT_URL") ?? "mailbox:";
  const urls = mailOutUrls(list);
  const known = (url: string) =>
    MAIL_SCHEMES.some((scheme) => url === scheme || (url.startsWith(scheme) && isUrl(url)));
  if (!urls.every(known)) read.fault("MAIL_OUT_URL", `must begin with one of ${MAIL_SCHEMES.join(", ")}`);
  if (urls.length > 1 && urls.includes("mailbox:")) {
    read.fault("MAIL_OUT_URL", "must not mix mailbox: with others");
  }
  if (urls.includes("resend:") && read.text("RESEND_API_KEY") === null) {
    read.fault("RESEND_API_KEY", "is needed for MAIL_OUT_URL=resend:");
  }
  return list;
}

/** Both files or none: a certificate without its key serves nobody. */
function smtpTls(read: VariableReader): Environment["smtpTls"] {
  const certificate = read.text("SMTP_TLS_CERT");
  const key = read.text("SMTP_TLS_KEY");
  if (certificate !== null && key === null) read.fault("SMTP_TLS_KEY", "is needed beside SMTP_TLS_CERT");
  if (certificate === null && key !== null) read.fault("SMTP_TLS_CERT", "is needed beside SMTP_TLS_KEY");
  return certificate !== null && key !== null ? { certificate, key } : null;
}

/** The key of the signature over events, and what fetches the mails that they tell of. */
function webhookSecret(read: VariableReader): string | null {
  const text = read.text("RESEND_WEBHOOK_SECRET");
  if (text === null) return null;
  if (!/^whsec_[A-Za-z0-9+/]{16,}={0,2}$/.test(text)) {
    read.fault("RESEND_WEBHOOK_SECRET", "must be whsec_ and base64, as Resend shows it");
  }
  if (read.text("RESEND_API_KEY") === null) {
    read.fault("RESEND_API_KEY", "is needed beside RESEND_WEBHOOK_SECRET");
  }
  return text;
}

function tsaUrls(read: VariableReader): string[] {
  const test = (item: string) => item === "dev:" || isUrl(item, "http:", "https:");
  const urls = read.list("TSA_URL", test, "must be dev: or http(s) URLs with commas between them");
  if (urls.length > 1 && urls.includes("dev:")) read.fault("TSA_URL", "must not mix dev: with others");
  return urls.length === 0 ? ["dev:"] : urls;
}

function masterKey(read: VariableReader): Uint8Array<ArrayBuffer> | null {
  const text = read.text("MASTER_KEY");
  if (text === null) return null;
  const bytes = new Uint8Array(Buffer.from(text, "base64url"));
  const right = bytes.length === 32 && Buffer.from(bytes).toString("base64url") === text.replace(/=+$/, "");
  if (!right) read.fault("MASTER_KEY", "must be 32 bytes as base64url (43 characters)");
  return right ? bytes : null;
}

/** 512 MiB: some 5,000 pages. */
const PAGE_CACHE_BYTES = 512 * 1024 * 1024;

function pageCacheBytes(read: VariableReader): number {
  const text = read.text("PAGE_CACHE_BYTES");
  if (text === null) return PAGE_CACHE_BYTES;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  read.fault("PAGE_CACHE_BYTES", "must be a whole number of bytes");
  return 0;
}

function clockOffset(read: VariableReader): number {
  const text = read.text("DEV_CLOCK_OFFSET") ?? "0";
  if (/^-?\d{1,10}$/.test(text)) return Number(text);
  read.fault("DEV_CLOCK_OFFSET", "must be a whole number of seconds");
  return 0;
}

/** Which key store, with all that it needs besides. */
function signerUrl(read: VariableReader): string {
  const url = read.text("SIGNER_URL") ?? "dev:";
  const parsed = parseSignerUrl(url);
  if ("problem" in parsed) {
    read.fault("SIGNER_URL", parsed.problem);
    return url;
  }
  for (const name of NEEDED_BY_SIGNER[parsed.kind] ?? []) {
    if (read.text(name) === null) read.fault(name, `is needed for SIGNER_URL=${parsed.kind}:`);
  }
  return url;
}

const NEEDED_BY_SIGNER: Readonly<Record<string, readonly string[]>> = {
  csc: ["CSC_CLIENT_ID", "CSC_CLIENT_SECRET"],
  pkcs11: ["SIGNER_PASSPHRASE"],
};

const NO_ENDPOINT: Endpoint = { hostname: "127.0.0.1", port: 0 };

/** The environment, or all faults at once. Faults never repeat a value, since some are secrets. */
export function parseEnvironment(variables: Variables): Environment | SettingsFaults {
  const read = new VariableReader(variables);
  const mode = read.choice("WARIFU_MODE", ["development", "production"], "development");
  const environment: Environment = {
    mode,
    publicUrl: publicUrl(read),
    httpListen: read.endpoint("HTTP_LISTEN", "127.0.0.1:8000", false) ?? NO_ENDPOINT,
    smtpListen: read.endpoint("SMTP_LISTEN", "127.0.0.1:2525", true),
    lmtpListen: read.endpoint("LMTP_LISTEN", "off", true),
    smtpTls: smtpTls(read),
    smtpRelays: read.list("SMTP_RELAYS", isIpAddress, "must be IP addresses with commas between them"),
    trustedProxies: read.list(
      "TRUSTED_PROXIES",
      isIpAddress,
      "must be IP addresses with commas between them",
    ),
    dataDir: read.text("DATA_DIR") ?? "data",
    pageCacheBytes: pageCacheBytes(read),
    storeUrl: read.scheme("STORE_URL", ["kv:", "kv+http://", "kv+https://", "postgres://"], "kv:"),
    blobUrl: read.scheme("BLOB_URL", ["file:", "s3+http://", "s3+https://"], "file:"),
    mailOutUrl: mailOutUrl(read),
    mxCheck: read.choice("MX_CHECK", ["on", "off"], mode === "production" ? "on" : "off") === "on",
    dkimKeyFile: read.text("DKIM_KEY_FILE"),
    dkimSelector: read.text("DKIM_SELECTOR"),
    resendApiKey: read.text("RESEND_API_KEY"),
    resendBaseUrl: read.text("RESEND_BASE_URL"),
    mailSpf: read.choice("MAIL_SPF", ["off", "direct"], "off"),
    trustedForwarders: read.list("TRUSTED_FORWARDERS", isDomain, "must be domains with commas between them")
      .map((domain) => domain.toLowerCase()),
    convertOldForms: read.choice("CONVERT_OLD_FORMS", ["off", "soffice"], "off"),
    mailAuth: read.choice("MAIL_AUTH", ["observe", "enforce"], mode === "production" ? "enforce" : "observe"),
    resendWebhookSecret: webhookSecret(read),
    inboundToken: read.text("INBOUND_TOKEN"),
    signerUrl: signerUrl(read),
    signerPassphrase: read.text("SIGNER_PASSPHRASE"),
    signerCertificates: read.text("SIGNER_CERTIFICATES"),
    cscClientId: read.text("CSC_CLIENT_ID"),
    cscClientSecret: read.text("CSC_CLIENT_SECRET"),
    tsaUrls: tsaUrls(read),
    trustRoots: read.text("TRUST_ROOTS"),
    masterKey: masterKey(read),
    devClockOffset: clockOffset(read),
    settingsFile: read.text("SETTINGS"),
  };
  const { faults } = read;
  return faults.length > 0 ? { faults } : environment;
}
