/**
 * What cells under a heading hold of a person: a name, what they are called on the web, or where to reach them. The heading is folded by NFKC and case
 * alone, because blanks part its words in English.
 */
export function personColumn(heading: string): "name" | "handle" | "contact" | undefined {
  const name = heading.normalize("NFKC").trim();
  if (NAME.test(name)) return "name";
  if (HANDLE.test(name)) return "handle";
  return CONTACT.test(name) ? "contact" : undefined;
}

const NAME =
  /^(?:(?:お客様|顧客|会員|購入|注文|申込|契約|依頼|申出|お申出|相談|回答|利用|予約|配送先|お?届け先|差出人|送信者|担当|受付|対応|記入|登録|作成|入力|報告|応対|受電)者?の?(?:お?名前|氏名|姓名|名|(?:氏名)?[(]?(?:カナ|かな|フリガナ|ふりがな)[)]?)|(?:担当|受付|対応|応対|記入|登録|作成|入力|報告|購入|注文|申込|契約|依頼|申出|相談|受電)者|オペレーター?|(?:ご|御|お)?(?:氏名|名前|姓名)(?:[ _(]?(?:カナ|かな|フリガナ|ふりがな|漢字|ローマ字)\)?)?|(?:セイ|メイ|姓|名)(?:[ _(]?(?:カナ|かな|フリガナ|ふりがな|漢字)\)?)?|フリガナ|ふりがな|カナ|かな|宛名|名義人?|差出人|送信者|(?:full|first|last|family|given|customer|contact|sender|from|buyer)[ _]?name|name)(?:様)?$/i;

/** Also of an object in an object: `user.screen_name`. */
const HANDLE =
  /^(?:\w+\.)?(?:(?:author|account|poster)?[ _]?(?:screen|user|display)[ _]?name|handle)$|^(?:投稿者|ユーザー|アカウント|ハンドル)(?:名|ネーム|id)?$|^ニックネーム$/i;

const CONTACT =
  /^(?:(?:お客様|顧客|会員|ご?自宅|携帯|連絡先|勤務先)の?)?(?:お?電話(?:番号)?|携帯(?:番号|電話)?|tel|fax|phone(?:[ _]?number)?|連絡先|ご連絡先|e?-?メール(?:アドレス)?|mail(?:[ _]?address)?|e-?mail(?:[ _]?address)?|from|差出人|送信者|送信元)\d?$/i;
