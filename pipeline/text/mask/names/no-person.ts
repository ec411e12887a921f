import type { Span } from "./judge-name.ts";
import { CLANS } from "./well-known.ts";

/** A clan, a verb that ends in hiragana, a shop that is called by さん. */
export function isNoPerson(text: string, { start, end }: Span): boolean {
  const name = text.slice(start, end);
  const before = text.slice(Math.max(0, start - 8), start);
  const after = text.slice(end, end + 16);
  if (after.startsWith("氏")) return CLANS.test(name);
  if (/^[ぁ-ゖー]+$/.test(name) && /[\p{Script=Han}ぁ-んァ-ヺー](?<![のはがと、])$/u.test(before))
    return true;
  if (!after.startsWith("さん")) return false;
  if (
    CARRIER.test(name) &&
    /^さんの?(?:配達|配送|荷物|便|ドライバー|トラック|置き配|営業所)/.test(after)
  )
    return true;
  return (
    SHOP_BEFORE.test(before) ||
    SHOP_AFTER.test(after) ||
    (name.endsWith("屋") && !HOUSE_NAMES.test(name))
  );
}

const CARRIER = /^(?:佐川|福山|西濃|日通|郵便)$/;

const HOUSE_NAMES = /(?:土屋|守屋|古屋|大屋|板屋|関屋|寺屋|新屋|木屋|角屋)$/;

const SHOP_BEFORE =
  /(?:旅館|民宿|お?宿|ホテル|焼き?鳥の?|焼肉|寿司|鮨|すし|蕎麦|そば|うなぎ|カフェ|喫茶|和?菓子|アトリエ|レストラン|お土産|お店|酒造|食堂|居酒屋|宿泊した|泊まった|処|ラーメン|パン屋|酒蔵|漬物|味噌|醤油)の?[ 「]?$/;

const SHOP_AFTER =
  /^さん(?:[にへ](?:宿泊|泊|伺|行|寄|入|お邪魔|訪)|で(?:[^、。]{0,10}(?:食べ|買|購入|頂き|いただ|飲|泊|宿泊))|の(?:うなぎ|お?菓子|お?蕎麦|お?そば|ケーキ|お?料理|パン|ラーメン|お?寿司|和紙|お?土産|アップルパイ|カフェ|グッズ|ライブ|商品|駐車場|お?店|お?酒|味|メニュー|ごはん|ご飯|朝食|夕食|お?部屋|温泉|お?風呂|作品|饅頭|どら|大福|羊羹|団子|工場|酒蔵)|食べ歩き|グッズ|めぐり|巡り|に?宿泊|コラボ)/;

/** The beginning of a place's, a company's or a thing's name: 「担当の福島県」, 「小林製薬」. */
export function isThing(text: string, end: number): boolean {
  return THING_BEHIND.test(text.slice(end, end + 6));
}

const THING_BEHIND =
  /^(?:[県府都市区町村郡駅港線湾城山川島湖寺園錦屋堂店米牛豚鶏梨柿桃茶酒産製薬式流風味湯温泉駐空高]|ホテル|フード|ハム|パン|大学|高校|新聞|銀行|病院|商店|農園|農場|牧場|さんぽ|の(?:母|父|日|方))/;
