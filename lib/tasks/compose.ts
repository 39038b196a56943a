/**
 * Puts settings and parts together to the world of the use cases: for the service and for the operator's
 * commands alike, so that both see the same.
 *
 * @module
 */
import { openFileBlobs } from "../adapters/file_blobs.ts";
import { dkimKey } from "../adapters/dkim_key.ts";
import { loadFont } from "../adapters/fonts.ts";
import { holidayCalendar } from "../adapters/holiday_calendar.ts";
import { jsonLog } from "../adapters/json_log.ts";
import { openKvStore } from "../adapters/kv_store.ts";
import { loadSettings } from "../adapters/load_settings.ts";
import { masterKey } from "../adapters/master_key.ts";
import { openMailer } from "../adapters/open_mailer.ts";
import { openSealing, type Sealing, type SealingSettings } from "../adapters/open_sealing.ts";
import { diskShelf } from "../adapters/disk_shelf.ts";
import { keptRenderer } from "../adapters/kept_renderer.ts";
import { pdfiumRenderer } from "../adapters/pdfium_renderer.ts";
import { readRoots } from "../adapters/read_roots.ts";
import type { DkimKey } from "../adapters/smtp_mailer.ts";
import { resendInbox } from "../adapters/resend_inbox.ts";
import { processSeconds } from "../adapters/process_figures.ts";
import { sqliteCatalog } from "../adapters/sqlite_catalog.ts";
import { systemChance } from "../adapters/system_chance.ts";
import { systemClock } from "../adapters/system_clock.ts";
import { systemLookup } from "../adapters/system_lookup.ts";
import { systemDns } from "../adapters/system_dns.ts";
import { convertingReader } from "../adapters/converting_reader.ts";
import { sofficeConverter } from "../adapters/soffice_converter.ts";
import { processConsentReader } from "../adapters/process_consent_reader.ts";
import { processMailAuthenticator } from "../adapters/process_mail_authenticator.ts";
import { processMailReader } from "../adapters/process_mail_reader.ts";
import { CaseCatalog } from "../flows/case_catalog.ts";
import { CaseNumbers } from "../flows/case_numbers.ts";
import { ServiceMeters } from "../flows/service_meters.ts";
import type { World } from "../flows/world.ts";
import { keyringOf } from "../link/keyring.ts";
import type { Environment } from "../settings/environment.ts";
import type { SettingsFault, SettingsFaults } from "../settings/fault.ts";
import { maxMailBytes } from "../settings/mail_size.ts";
import { parseEnvironment } from "../settings/parse_environment.ts";
import { productionFaults } from "../settings/production_faults.ts";
import type { Settings } from "../settings/settings.ts";

/** All that an operator has set. */
export type Configuration = {
  readonly environment: Environment;
  readonly settings: Settings;
  /** Signs letters that go by SMTP; null when the relay does. */
  readonly dkim: DkimKey | null;
};

/** What the process was told by environment and settings file, or all that is wrong with it. */
export async function readConfiguration(
  variables: Readonly<Record<string, string>>,
): Promise<Configuration | SettingsFaults> {
  const environment = parseEnvironment(variables);
  if ("faults" in environment) return environment;
  const loaded = await loadSettings(environment.settingsFile);
  if ("faults" in loaded) return loaded;
  const { settings } = loaded;
  const { dkimKeyFile: keyFile, dkimSelector: selector } = environment;
  const dkim = await dkimKey({ keyFile, selector, address: settings.bot.address });
  const dkimFaults = dkim && "faults" in dkim ? dkim.faults : [];
  const faults = [
    ...productionFaults(environment, loaded.fromFile ? settings : null),
    ...unknownPlaces(environment),
    ...dkimFaults,
  ];
  if (faults.length > 0 || (dkim && "faults" in dkim)) return { faults };
  return { environment, settings, dkim };
}

/** Kinds of stores and blobs that this process can open by itself; the rest is refused in plain words. */
function unknownPlaces({ storeUrl, blobUrl, lmtpListen }: Environment): SettingsFault[] {
  const faults: SettingsFault[] = [];
  if (storeUrl !== "kv:") faults.push({ path: "STORE_URL", problem: "must be kv: (a file in DATA_DIR)" });
  if (blobUrl !== "file:") faults.push({ path: "BLOB_URL", problem: "must be file: (in DATA_DIR)" });
  if (lmtpListen && lmtpListen.port === 0) {
    faults.push({ path: "LMTP_LISTEN", problem: "must name a port" });
  }
  return faults;
}

async function signerSettings(
  { signerUrl, signerPassphrase, signerCertificates, cscClientId, cscClientSecret }: Environment,
): Promise<SealingSettings["signer"]> {
  return {
    url: signerUrl,
    passphrase: signerPassphrase ?? "",
    certificates: signerCertificates === null ? [] : await readRoots(signerCertificates),
    client: { id: cscClientId ?? "", secret: cscClientSecret ?? "" },
  };
}

async function openSeals({ environment, settings }: Configuration): Promise<Sealing> {
  const { tsaUrls, trustRoots, dataDir } = environment;
  return await openSealing({
    signer: await signerSettings(environment),
    tsa: { url: tsaUrls.join(","), policy: settings.timestamp.policy },
    trustRoots: trustRoots === null ? [] : await readRoots(trustRoots),
    dataDir,
  }, {
    clock: systemClock(environment.devClockOffset),
    trueClock: systemClock(),
    chance: systemChance,
    fetch,
  });
}

/** What fetches mail from Resend, where its events are taken. */
function openProviderInbox({ environment, settings }: Configuration): Pick<World, "providerInbox"> {
  const { resendWebhookSecret, resendApiKey: apiKey, resendBaseUrl: baseUrl } = environment;
  if (resendWebhookSecret === null || apiKey === null) return {};
  const maxBytes = maxMailBytes(settings);
  return { providerInbox: resendInbox({ apiKey, baseUrl, maxBytes, fetch, lookup: systemLookup }) };
}

/** The reader of forms; old office files go through LibreOffice where that is switched on. */
async function openConsents({ convertOldForms }: Environment): Promise<World["consents"]> {
  const reader = processConsentReader();
  return convertOldForms === "soffice" ? convertingReader(reader, await sofficeConverter()) : reader;
}

/** An opened world, and how to leave it. */
export type Composed = {
  readonly world: World;
  /** What the world's authorities are counted by; pages and handlers may be as well. */
  readonly meters: ServiceMeters;
  /** By how many milliseconds the last timestamp was ahead of the true time; null when not known. */
  readonly skewMs: () => number | null;
  /** The certificate behind the last timestamp and those above it, DER; empty before the first. */
  readonly tsaChain: () => readonly Uint8Array<ArrayBuffer>[];
  /** Gives everything back. */
  close(): Promise<void>;
};

/** Whom a world tells. */
export type Listeners = {
  /** Called after every commit that adds due entries. */
  readonly wake: () => void;
  /** Takes each line of the log. */
  readonly writeLog: (line: string) => void;
};

/** Opens all parts. Throws `PortError` when a part can't be opened. */
export async function composeWorld(
  configuration: Configuration,
  { wake, writeLog }: Listeners,
): Promise<Composed> {
  const { environment, settings } = configuration;
  const { dataDir, publicUrl, mailAuth, mailSpf, smtpRelays, trustedForwarders } = environment;
  const { skewMs, tsaChain, ...sealing } = await openSeals(configuration);
  const clock = systemClock(environment.devClockOffset);
  const blobs = await openFileBlobs(`${dataDir}/blobs`, clock);
  const store = await openKvStore(`${dataDir}/store.kv`);
  const keys = keyringOf(await masterKey(environment.masterKey, dataDir, systemChance));
  const catalog = sqliteCatalog(`${dataDir}/catalog`);
  const meters = new ServiceMeters(processSeconds);
  const log = jsonLog(clock, writeLog);
  const world: World = meters.around({
    store,
    blobs,
    clock,
    calendar: holidayCalendar,
    chance: systemChance,
    log,
    mailer: openMailer(environment.mailOutUrl, {
      store,
      blobs,
      clock,
      fetch,
      resend: { apiKey: environment.resendApiKey ?? "", baseUrl: environment.resendBaseUrl },
      dkim: configuration.dkim,
      dns: environment.mxCheck ? systemDns() : null,
    }),
    reader: processMailReader(blobs),
    ...openProviderInbox(configuration),
    authenticator: processMailAuthenticator(blobs, {
      dns: systemDns(),
      relays: mailSpf === "direct" ? smtpRelays : null,
      forwarders: trustedForwarders,
    }),
    consents: await openConsents(environment),
    renderer: keptRenderer(
      pdfiumRenderer(),
      diskShelf(`${dataDir}/pages`, environment.pageCacheBytes, log),
    ),
    ...sealing,
    settings,
    keys,
    catalog: new CaseCatalog({ store, keys, catalog }),
    numbers: new CaseNumbers(store),
    mailAuth,
    publicUrl,
    font: () => loadFont("sans"),
    wake,
  });
  return {
    world,
    meters,
    skewMs,
    tsaChain,
    async close() {
      const { mailer, reader, authenticator, consents, renderer } = world;
      await Promise.all([reader, authenticator, consents, renderer].map((part) => part.close()));
      for (const part of [mailer, catalog, store]) part.close();
    },
  };
}
