import { InputError } from "../../errors.ts";
import { type ByteSource, firstBytes } from "./byte-source.ts";

/** The directory of such a container mostly lies near its beginning or its end; an export is small. */
const LOOKED_AT_BYTES = 64 * 1024 ** 2;

/**
 * Says what to do with the container that both Excel up to 2003 and every password-protected workbook use.
 *
 * @throws InputError always
 */
export async function refuseOldOffice(bytes: ByteSource): Promise<never> {
  const start = Buffer.from(await firstBytes(bytes, LOOKED_AT_BYTES));
  if (start.includes(Buffer.from("EncryptedPackage", "utf16le"))) {
    throw new InputError(
      `${bytes.label}: パスワードの付いた Excel ブックです。Excel で開き、「ファイル」→「情報」→「ブックの保護」→「パスワードを使用して暗号化」でパスワードを空にして保存し、取り込んだあとで消してください。`,
    );
  }
  throw new InputError(
    `${bytes.label}: Excel 97-2003 形式（.xls）などの古い形式です。Excel で開き、「名前を付けて保存」で「Excel ブック（.xlsx）」にしてから取り込んでください。`,
  );
}
