/**
 * Settings of a fictional public body with two head office departments and a branch office.
 *
 * @module
 */
import type { Department, Settings } from "../../lib/settings/settings.ts";

const department = (
  facts: Pick<Department, "id" | "name" | "kind" | "addressees"> & Partial<Department>,
): Department => ({
  phone: "000-000-0001",
  email: `${facts.id}@pref.example.lg.jp`,
  defaultDesk: false,
  officers: [{ name: "契約 太郎", email: `officer-${facts.id}@pref.example.lg.jp` }],
  approvers: [{ name: "所属 長子", email: `head-${facts.id}@pref.example.lg.jp` }],
  ...facts,
});

/** The settings. `bukken` is the default desk. */
export const TEST_SETTINGS: Settings = {
  publicBody: { name: "見本県", headOfficeAddressee: "見本県知事" },
  bot: { address: "keiyaku@bot.example.lg.jp", name: "見本県電子契約" },
  departments: [
    department({
      id: "bukken",
      name: "会計局会計管理課",
      kind: "headOffice",
      addressees: ["見本県知事"],
      defaultDesk: true,
      officers: [{ name: "契約 太郎", email: "officer@pref.example.lg.jp" }],
      approvers: [{ name: "会計 花子", email: "approver@pref.example.lg.jp" }],
    }),
    department({ id: "zaisan", name: "総務部財産課", kind: "headOffice", addressees: ["見本県知事"] }),
    department({
      id: "doboku",
      name: "北部土木事務所",
      kind: "branchOffice",
      addressees: ["北部土木事務所長"],
    }),
  ],
  contacts: [],
  timestamp: { accredited: false, policy: null, validYears: 10, renew: true, eachParty: true },
  limits: {
    maxPdfBytes: 52_428_800,
    attachBelowBytes: 6_000_000,
    requestLinkDays: 10,
    downloadLinkDays: 10,
    accessCodeTries: 5,
  },
  confirmAddresses: false,
  help: "",
  terms: "",
};
