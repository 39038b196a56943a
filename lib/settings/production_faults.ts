/**
 * What keeps a service from going into production: everything that only development may use, at once.
 *
 * @module
 */
import type { Environment } from "./environment.ts";
import type { SettingsFault } from "./fault.ts";
import type { Settings } from "./settings.ts";

/** A rule: where it looks, whether it is broken, and what it asks for. */
type Rule = readonly [path: string, broken: boolean, problem: string];

/**
 * All that production refuses; none in development. `settings` is null when no settings file was found and the
 * demonstration would run.
 */
export function productionFaults(environment: Environment, settings: Settings | null): SettingsFault[] {
  if (environment.mode !== "production") return [];
  const { publicUrl, mailOutUrl, resendBaseUrl, mailAuth, signerUrl, tsaUrls, masterKey, devClockOffset } =
    environment;
  const rules: Rule[] = [
    ["PUBLIC_URL", !publicUrl.startsWith("https://"), "must be https in production"],
    ["MAIL_OUT_URL", mailOutUrl === "mailbox:", "must not be mailbox: in production"],
    ["RESEND_BASE_URL", resendBaseUrl?.startsWith("http:") ?? false, "must be https in production"],
    ["MAIL_AUTH", mailAuth !== "enforce", "must be enforce in production"],
    ["SIGNER_URL", signerUrl === "dev:", "must not be dev: in production"],
    ["TSA_URL", tsaUrls.includes("dev:"), "must not be dev: in production"],
    ["MASTER_KEY", masterKey === null, "must be given in production"],
    ["DEV_CLOCK_OFFSET", devClockOffset !== 0, "must be 0 in production"],
    ["SETTINGS", settings === null, "must name a settings file in production"],
  ];
  return rules.filter(([, broken]) => broken).map(([path, , problem]) => ({ path, problem }));
}
