import { expect, test } from "vitest";
import { DeliverConfig, unknownLines } from "../../../pipeline/deliver/deliver-config.ts";

const MAIL = { name: "企画", reports: ["weekly"], mail: "plan@example.jp" };
const HOOK = { name: "企画", reports: ["weekly"], webhook: { kind: "slack", urlFile: "url" } };
const GOOD = {
  from: { address: "voc@example.jp" },
  smtp: { host: "mail.example.jp" },
  domains: ["example.jp"],
  recipients: [MAIL],
};

function mistakes(config: unknown): string[] {
  const { error } = DeliverConfig.safeParse(config);
  return (error?.issues ?? []).map(({ path, message }) => `${path.join(".")} ${message}`);
}

test("a mail to an allowed domain, and a webhook without a mail server, are good", () => {
  expect(mistakes(GOOD)).toEqual([]);
  expect(mistakes({ recipients: [HOOK] })).toEqual([]);
});

test.each([
  {
    why: "an address of another house",
    config: { ...GOOD, recipients: [{ ...MAIL, mail: "plan@example.com" }] },
    expected: "recipients.0.mail deliver.domains に書いたドメインのアドレス",
  },
  {
    why: "a domain that only ends alike",
    config: { ...GOOD, recipients: [{ ...MAIL, mail: "plan@evilexample.jp" }] },
    expected: "recipients.0.mail deliver.domains に書いたドメインのアドレス",
  },
  {
    why: "a mail without a server",
    config: { domains: ["example.jp"], recipients: [MAIL] },
    expected: "recipients.0.mail メールには deliver.smtp と deliver.from も書く",
  },
  {
    why: "two ways at once",
    config: { ...GOOD, recipients: [{ ...MAIL, ...HOOK }] },
    expected: "recipients.0 mail か webhook のどちらか一つ",
  },
  {
    why: "one name twice: their deliveries would be one",
    config: { ...GOOD, recipients: [MAIL, MAIL] },
    expected: "recipients.1.name ほかの宛先と違う名前",
  },
  {
    why: "a password over an open line",
    config: { ...GOOD, smtp: { host: "x", security: "none", user: "voc" } },
    expected: "smtp.security tls か starttls（user があるとき。パスワードをそのまま流さないため）",
  },
  {
    why: "a line without the weekly report that it is of",
    config: { ...GOOD, recipients: [{ ...MAIL, reports: ["daily"], lines: ["菓子"] }] },
    expected:
      "recipients.0.lines reports に weekly があるときだけ（ラインごとの報告は週次だけです）",
  },
])("$why is refused", ({ config, expected }) => {
  expect(mistakes(config)).toEqual([expected]);
});

test("a password has no place in the file", () => {
  expect(mistakes({ ...GOOD, smtp: { host: "x", password: "secret" } })).toHaveLength(1);
});

test("a line that nobody defines is found with its place", () => {
  const recipients = [MAIL, { ...MAIL, name: "菓子係", lines: ["全体", "その他", "菓子", "飲料"] }];
  const config = DeliverConfig.parse({ ...GOOD, recipients });
  expect(unknownLines(config, ["菓子", "その他"])).toEqual([
    { path: "deliver.recipients.1.lines", line: "飲料", expected: "全体、菓子、その他" },
  ]);
});
