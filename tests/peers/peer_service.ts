/**
 * The service as operators run it, among foreign peers: it takes mail over STARTTLS, believes only officers whose
 * domain vouches for them, signs what it sends, and sends it by a relay.
 *
 * @module
 */
import { demoClockOffset } from "../../lib/tasks/demo_script.ts";
import { ServiceProcess } from "../../lib/tasks/server_process.ts";
import { tlsPair } from "../support/tls_pair.ts";
import { BOT_DOMAIN, SELECTOR } from "./mail_host_files.ts";
import type { DkimPair } from "./mail_host.ts";

/** What differs from peer to peer. */
export type PeerSettings = {
  /** Where letters go. */
  readonly mailOutUrl: string;
  /** What DNS says. */
  readonly zone: Readonly<Record<string, readonly string[]>>;
  /** Signs the letters; null when the relay does. */
  readonly dkim: DkimPair | null;
  readonly environment?: Readonly<Record<string, string>>;
};

/** The service, and how to be rid of it. */
export interface PeerService {
  readonly process: ServiceProcess;
  readonly dataDir: string;
  /** Starts it; returns once it is ready. */
  start(settings: PeerSettings): Promise<void>;
  /** Ends it and removes its data. */
  close(): Promise<void>;
}

/** Prepares a service, not started yet: its ports are known, so that peers can be told of them. */
export async function peerService(): Promise<PeerService> {
  const dataDir = await Deno.makeTempDir({ prefix: "warifu-peer-data-" });
  const variables: Record<string, string> = {};
  const process = new ServiceProcess({
    dataDir,
    environment: variables,
    runArguments: ["--preload", new URL("./fake_resolver.ts", import.meta.url).href],
  });
  const file = (name: string) => `${dataDir}/${name}`;
  return {
    process,
    dataDir,
    async start({ mailOutUrl, zone, dkim, environment = {} }) {
      const { cert, key } = await tlsPair(BOT_DOMAIN);
      const texts = { "cert.pem": cert, "key.pem": key, "zone.json": JSON.stringify(zone) };
      for (const [name, text] of Object.entries(texts)) await Deno.writeTextFile(file(name), text);
      if (dkim) await Deno.writeTextFile(file("dkim.pem"), dkim.privateKey);
      Object.assign(variables, {
        MAIL_OUT_URL: mailOutUrl,
        MAIL_AUTH: "enforce",
        MX_CHECK: "on",
        SMTP_TLS_CERT: file("cert.pem"),
        SMTP_TLS_KEY: file("key.pem"),
        SIGNER_URL: "dev:",
        TSA_URL: "dev:",
        DEV_CLOCK_OFFSET: String(demoClockOffset()),
        PEER_ZONE: file("zone.json"),
        ...dkim && { DKIM_KEY_FILE: file("dkim.pem"), DKIM_SELECTOR: SELECTOR },
        ...environment,
      });
      await process.start();
    },
    async close() {
      await process.end("SIGTERM");
      await Deno.remove(dataDir, { recursive: true });
    },
  };
}
