/**
 * Mails to begin with in the composer: what a vendor and an officer would write. All names are fictional.
 *
 * @module
 */
import type { Settings } from "../../lib/settings/settings.ts";

/** What the composer is filled with. */
export type SampleMail = {
  readonly name: string;
  /** For whom it is written, in a few words. */
  readonly about: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
};

const GOODS = `いつもお世話になっております。
電子契約同意書兼メールアドレス確認書（物品・役務）を提出します。

提出日：令和8年11月24日
宛名：{addressee}
住所又は所在地：見本県見本市中央一丁目2番3号
商号又は名称：株式会社みなと文具
代表者職氏名：代表取締役　港　一郎
担当者氏名：田中　太郎
電話番号：000-000-0000
契約名：庁内事務用品単価契約
確認者１　氏名：港　一郎
確認者１　メールアドレス：minato@minato-bungu.example.co.jp
確認者２　氏名：田中　太郎
確認者２　メールアドレス：tanaka@minato-bungu.example.co.jp
`;

const CONSTRUCTION = `電子契約同意書兼メールアドレス確認書（建設工事等・建設工事関連業務委託）を提出します。

提出日：令和8年11月24日
宛名：{addressee}
住所又は所在地：見本県見本市緑町4番5号
商号又は名称：鈴木建設株式会社
代表者職氏名：代表取締役　鈴木　次郎
担当者氏名：佐藤　三郎
電話番号：000-000-1111
契約名：県道見本線　舗装補修工事
確認者１　氏名：鈴木　次郎
確認者１　メールアドレス：suzuki@suzuki-kensetsu.example.co.jp
`;

const CONTRACT = `契約書を送ります。

契約日: 令和8年12月1日
契約期間: 2026-12-01〜2027-03-31
契約金額: 1,200,000円
`;

/** The samples of a service, addressed to its bot. */
export function sampleMails(settings: Settings): readonly SampleMail[] {
  const bot = settings.bot.address;
  const addressee = settings.publicBody.headOfficeAddressee;
  const officer = settings.departments[0]?.officers[0]?.email ?? "";
  return [
    {
      name: "goods-services",
      about: "事業者から：同意書（物品・役務）",
      from: "tanaka@minato-bungu.example.co.jp",
      to: bot,
      subject: "電子契約同意書の提出について",
      text: GOODS.replace("{addressee}", addressee),
    },
    {
      name: "construction",
      about: "事業者から：同意書（建設工事等）",
      from: "sato@suzuki-kensetsu.example.co.jp",
      to: bot,
      subject: "電子契約同意書の提出について",
      text: CONSTRUCTION.replace("{addressee}", addressee),
    },
    {
      name: "contract",
      about: "契約担当から：契約書（案件のメールの「返信」から始め、PDFを添付）",
      from: officer,
      to: bot,
      subject: "契約書の送付",
      text: CONTRACT,
    },
    {
      name: "list",
      about: "受信者から：締結済みの契約書の一覧",
      from: "minato@minato-bungu.example.co.jp",
      to: bot,
      subject: "一覧",
      text: "一覧\n",
    },
  ];
}
