/**
 * All that the use cases know of the world, passed in by whoever composes the program.
 *
 * @module
 */
import type { Instant } from "../domain/instant.ts";
import type { Keyring } from "../link/keyring.ts";
import type { ConsentReader } from "../forms/consent_reading.ts";
import type { ProviderInbox } from "../mail/provider_inbox.ts";
import type { MailReader } from "../mail/read_mail.ts";
import type { MailAuthenticator } from "../mail/authenticator.ts";
import type { Blobs, BusinessCalendar, Chance, Clock, Log, Mailer, PageRenderer, Store } from "../ports.ts";
import type { RevocationSource, Signer, TimestampAuthority } from "../signing_ports.ts";
import type { Settings } from "../settings/settings.ts";
import type { CaseCatalog } from "./case_catalog.ts";
import type { CaseNumbers } from "./case_numbers.ts";

/** The ports, the settings and the keys of one running service. */
export type World = {
  readonly store: Store;
  readonly blobs: Blobs;
  readonly clock: Clock;
  readonly calendar: BusinessCalendar;
  readonly chance: Chance;
  readonly log: Log;
  readonly mailer: Mailer;
  readonly reader: MailReader;
  /** Mail that a provider keeps for us; absent when none is set. */
  readonly providerInbox?: ProviderInbox;
  readonly authenticator: MailAuthenticator;
  readonly consents: ConsentReader;
  readonly renderer: PageRenderer;
  readonly signer: Signer;
  readonly tsa: TimestampAuthority;
  readonly revocation: RevocationSource;
  /** Roots that the service's own verification trusts, DER. */
  readonly trustRoots: readonly Uint8Array<ArrayBuffer>[];
  readonly settings: Settings;
  readonly keys: Keyring;
  readonly numbers: CaseNumbers;
  readonly catalog: CaseCatalog;
  /** `MAIL_AUTH`: whether a mail must be vouched for by its sender's domain to act as an officer's. */
  readonly mailAuth: "observe" | "enforce";
  /** What links begin with, without a slash at the end. */
  readonly publicUrl: string;
  /** The font of made PDFs. */
  readonly font: () => Promise<Uint8Array<ArrayBuffer>>;
  /** Tells the worker that something is due: called after every commit that adds due entries. */
  readonly wake: () => void;
};

/** The present moment. */
export const now = (world: Pick<World, "clock">): Instant => world.clock.now();
