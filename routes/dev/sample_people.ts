/**
 * Fictional vendors and what they write on their consent forms, for the samples of the composer.
 *
 * @module
 */
import type { FormKind } from "../../lib/domain/consent_form.ts";
import type { FormValues } from "../../lib/forms/filled_form.ts";

/** A vendor who has filled in a form. */
export type SampleVendor = {
  /** Who mails the form. */
  readonly name: string;
  readonly address: string;
  readonly company: string;
  readonly contract: string;
  /** What stands on the form, without the addressee. */
  readonly values: FormValues;
};

/** The vendor of each kind of contract. */
export const SAMPLE_VENDORS: Readonly<Record<FormKind, SampleVendor>> = {
  "goods-services": {
    name: "田中　太郎",
    address: "tanaka@minato-bungu.example.co.jp",
    company: "株式会社みなと文具",
    contract: "庁内事務用品単価契約",
    values: {
      "提出日": "令和8年11月24日",
      "住所又は所在地": "見本県見本市中央一丁目2番3号",
      "商号又は名称": "株式会社みなと文具",
      "代表者職氏名": "代表取締役　港　一郎",
      "担当者氏名": "田中　太郎",
      "電話番号": "000-000-0000",
      "契約名": "庁内事務用品単価契約",
      "確認者１ 氏名": "港　一郎",
      "確認者１ メールアドレス": "minato@minato-bungu.example.co.jp",
      "確認者２ 氏名": "田中　太郎",
      "確認者２ メールアドレス": "tanaka@minato-bungu.example.co.jp",
    },
  },
  "construction": {
    name: "佐藤　三郎",
    address: "sato@suzuki-kensetsu.example.co.jp",
    company: "鈴木建設株式会社",
    contract: "県道見本線　舗装補修工事",
    values: {
      "提出日": "令和8年11月24日",
      "住所又は所在地": "見本県見本市緑町4番5号",
      "商号又は名称": "鈴木建設株式会社",
      "代表者職氏名": "代表取締役　鈴木　次郎",
      "担当者氏名": "佐藤　三郎",
      "電話番号": "000-000-1111",
      "契約名": "県道見本線　舗装補修工事",
      "確認者１ 氏名": "鈴木　次郎",
      "確認者１ メールアドレス": "suzuki@suzuki-kensetsu.example.co.jp",
    },
  },
};
