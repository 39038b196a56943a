/**
 * What the environment says about how the service runs, as typed values (`interface.md`, Environment).
 *
 * @module
 */

/** Where a server listens. */
export type Endpoint = { readonly hostname: string; readonly port: number };

/** All environment variables, with their defaults. Secrets are here: never log it. */
export type Environment = {
  readonly mode: "development" | "production";
  /** What links begin with, without a slash at the end. */
  readonly publicUrl: string;
  readonly httpListen: Endpoint;
  /** Null when switched off. */
  readonly smtpListen: Endpoint | null;
  /** Null when switched off. */
  readonly lmtpListen: Endpoint | null;
  /** PEM files of the certificate and its key for STARTTLS; null when it is not offered. */
  readonly smtpTls: { readonly certificate: string; readonly key: string } | null;
  /** IP addresses of the operator's own mail relays, whose mails are not counted. */
  readonly smtpRelays: readonly string[];
  /** Addresses of proxies whose `X-Forwarded-For` counts. */
  readonly trustedProxies: readonly string[];
  readonly dataDir: string;
  /** How much of `dataDir` page images may take, in bytes; 0 keeps none. */
  readonly pageCacheBytes: number;
  readonly storeUrl: string;
  readonly blobUrl: string;
  /** One URL, or several with commas between them (see `mailOutUrls`). */
  readonly mailOutUrl: string;
  /** Whether a letter goes only to domains that take mail (`MX_CHECK`). */
  readonly mxCheck: boolean;
  /** PEM file of the RSA key that signs letters (DKIM), and its name in DNS; null when the relay signs. */
  readonly dkimKeyFile: string | null;
  readonly dkimSelector: string | null;
  readonly resendApiKey: string | null;
  readonly resendBaseUrl: string | null;
  /** Whether LibreOffice of this machine turns old forms (.doc, .xls, .odt, .rtf) into ones that can be read. */
  readonly convertOldForms: "off" | "soffice";
  readonly mailAuth: "observe" | "enforce";
  /**
   * Whether clients of `SMTP_LISTEN` that are no `SMTP_RELAYS` are the senders' own hosts, so that SPF tells
   * something (RFC 7208 §2.3).
   */
  readonly mailSpf: "off" | "direct";
  /** Domains of forwarders whose word on a mail is taken (ARC, RFC 8617), in lower case. */
  readonly trustedForwarders: readonly string[];
  readonly resendWebhookSecret: string | null;
  readonly inboundToken: string | null;
  readonly signerUrl: string;
  /** Passphrase of the P12 file, PIN of the token or of the remote credential. */
  readonly signerPassphrase: string | null;
  /** PEM file of the signer's certificate and those above it, for key stores that do not have them all. */
  readonly signerCertificates: string | null;
  /** Who this service is to the remote signing service. */
  readonly cscClientId: string | null;
  readonly cscClientSecret: string | null;
  /** `dev:`, or RFC 3161 URLs in the order in which they are tried. */
  readonly tsaUrls: readonly string[];
  /** PEM file of further roots that the verifier trusts. */
  readonly trustRoots: string | null;
  /** 32 bytes; null when it is to be made in `dataDir`. */
  readonly masterKey: Uint8Array<ArrayBuffer> | null;
  /** Seconds added to the clock; development only. */
  readonly devClockOffset: number;
  /** The settings file; null when the environment names none. */
  readonly settingsFile: string | null;
};
