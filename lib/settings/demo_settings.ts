/**
 * The built-in demonstration: a fictional 見本県 with two departments of the head office and a branch office.
 *
 * @module
 */
import type { SettingsFaults } from "./fault.ts";
import { parseSettings } from "./parse_settings.ts";
import type { Settings } from "./settings.ts";

/** The settings file of the demonstration, as an operator would write it. */
export const DEMO_JSON = {
  publicBody: { name: "見本県", headOfficeAddressee: "見本県知事" },
  bot: { address: "keiyaku@bot.example.lg.jp", name: "見本県電子契約" },
  departments: [
    {
      id: "bukken",
      name: "会計局会計管理課",
      kind: "headOffice",
      addressees: ["見本県知事"],
      phone: "000-000-1001",
      email: "kaikei@pref.example.lg.jp",
      defaultDesk: true,
      officers: [{ name: "契約 太郎", email: "officer@pref.example.lg.jp" }],
      approvers: [{ name: "会計 花子", email: "approver@pref.example.lg.jp" }],
    },
    {
      id: "doboku",
      name: "県土整備部監理課",
      kind: "headOffice",
      addressees: ["見本県知事"],
      phone: "000-000-1002",
      email: "kanri@pref.example.lg.jp",
      officers: [{ name: "監理 次郎", email: "officer-doboku@pref.example.lg.jp" }],
      approvers: [
        { name: "県土 三郎", email: "approver-doboku@pref.example.lg.jp" },
        { name: "整備 四郎", email: "approver2-doboku@pref.example.lg.jp" },
      ],
    },
    {
      id: "minami",
      name: "県南土木事務所",
      kind: "branchOffice",
      addressees: ["県南土木事務所長"],
      phone: "000-000-2001",
      email: "minami@pref.example.lg.jp",
      officers: [{ name: "南 五郎", email: "officer-minami@pref.example.lg.jp" }],
      approvers: [{ name: "所長 六子", email: "approver-minami@pref.example.lg.jp" }],
    },
  ],
  contacts: [
    {
      about: "制度",
      name: "見本県 会計局会計管理課 電子契約担当",
      haveAtHand: ["会社名", "担当者名", "お問い合わせの内容"],
      channels: [
        { by: "phone", at: "000-000-1001", hours: "8:30–17:15（土日祝日・年末年始を除く）" },
        { by: "mail", at: "kaikei@pref.example.lg.jp", hours: "随時受付（回答は開庁時間内）" },
      ],
    },
    {
      about: "操作",
      name: "見本県電子契約 ヘルプデスク",
      inquiryId: "MH-2026",
      haveAtHand: ["問い合わせID", "会社名", "担当者名", "電話番号", "案件番号"],
      channels: [
        {
          by: "phone",
          at: "0120-000-000",
          hours: "9:00–18:00（日祝日・年末年始を除く）",
          note: "リモートサポート可",
        },
        { by: "mail", at: "helpdesk@bot.example.lg.jp", hours: "随時受付（回答は翌営業日まで）" },
        { by: "chat", at: "https://chat.helpdesk.example.lg.jp/", hours: "9:00–17:00（土日祝日を除く）" },
      ],
    },
    {
      about: "個別契約",
      name: "各契約の担当所属",
      haveAtHand: ["案件番号", "契約名", "会社名"],
      channels: [
        {
          by: "phone",
          at: "確認依頼のメールに記載の電話番号",
          hours: "8:30–17:15（土日祝日・年末年始を除く）",
        },
        { by: "mail", at: "確認依頼のメールへの返信", hours: "随時受付" },
      ],
    },
  ],
};

function sound(settings: Settings | SettingsFaults): Settings {
  if ("faults" in settings) throw new RangeError("Cannot make the demonstration: its settings are faulty");
  return settings;
}

/** The demonstration's settings. */
export const demoSettings: Settings = sound(parseSettings(DEMO_JSON));
