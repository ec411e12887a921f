import { z } from "zod";
import { WHOLE } from "../lines-config.ts";
import { ReportJob } from "../schema/report-actions.ts";

const Smtp = z.strictObject({
  host: z.string().min(1),
  port: z.int().min(1).max(65_535).default(587),
  /** tls: from the first byte (465). starttls: refused where the server does not offer it. none: a relay of one's own network. */
  security: z.enum(["tls", "starttls", "none"]).default("starttls"),
  user: z.string().min(1).optional(),
  /** Read at each sending, so that it can be changed; else KIZUKI_SMTP_PASSWORD. Never in this file. */
  passwordFile: z.string().min(1).optional(),
  /** Certificates of one's own authority, PEM. */
  caFile: z.string().min(1).optional(),
  /** A server that says nothing for so long is given up. */
  timeoutSeconds: z.int().min(1).max(600).default(60),
});
export type Smtp = z.infer<typeof Smtp>;

const Recipient = z.strictObject({
  /** What stands in lists, logs and the journal; the address stands here only. */
  name: z.string().min(1).max(100),
  reports: z.array(ReportJob).min(1),
  /** Whose weekly reports: names under `lines:`, その他, or 全体. */
  lines: z.array(z.string().min(1)).min(1).default([WHOLE]),
  /** Products that get a section of their own, as reports show them. */
  products: z.array(z.string().min(1)).default([]),
  mail: z.email("メールアドレス").optional(),
  /** What a mail carries beside its text. */
  attach: z.array(z.enum(["html", "pdf", "xlsx", "pptx", "md"])).default(["html"]),
  webhook: z
    .strictObject({
      kind: z.enum(["slack", "teams"]),
      /** The address is a secret, so it stands in a file of its own. */
      urlFile: z.string().min(1),
    })
    .optional(),
});
export type Recipient = z.infer<typeof Recipient>;

const Deliver = z.strictObject({
  from: z
    .strictObject({
      name: z.string().min(1).max(100).default("気づき"),
      address: z.email("メールアドレス"),
    })
    .optional(),
  /** Where a wish to be left out goes; `from` where left out. */
  unsubscribe: z.email("メールアドレス").optional(),
  smtp: Smtp.optional(),
  /** Mail goes nowhere else: a slip of the pen must not send voices out of the house. */
  domains: z.array(z.string().min(1)).default([]),
  /** A daily digest of a day without any voice is not sent. */
  skipEmptyDaily: z.boolean().default(false),
  recipients: z.array(Recipient).min(1),
});

/** Who gets which report, and how. Paths are relative to `kizuki.yaml`. */
export const DeliverConfig = Deliver.superRefine((deliver, context) => {
  for (const { path, message } of mistakesIn(deliver)) {
    context.addIssue({ code: "custom", path, message });
  }
});
export type DeliverConfig = z.infer<typeof DeliverConfig>;

type Mistake = { readonly path: (string | number)[]; readonly message: string };

function mistakesIn(deliver: z.infer<typeof Deliver>): Mistake[] {
  const { smtp, recipients } = deliver;
  const names = recipients.map(({ name }) => name);
  const mistakes = recipients.flatMap((recipient, index) => [
    ...(names.indexOf(recipient.name) === index
      ? []
      : [{ path: ["recipients", index, "name"], message: "ほかの宛先と違う名前" }]),
    ...mistakesOf(recipient, deliver).map(({ path, message }) => ({
      path: ["recipients", index, ...path],
      message,
    })),
  ]);
  if (smtp?.security !== "none" || smtp.user === undefined) return mistakes;
  const message = "tls か starttls（user があるとき。パスワードをそのまま流さないため）";
  return [...mistakes, { path: ["smtp", "security"], message }];
}

function mistakesOf(
  { mail, webhook, reports, lines }: Recipient,
  { smtp, from, domains }: z.infer<typeof Deliver>,
): Mistake[] {
  if ((mail === undefined) === (webhook === undefined)) {
    return [{ path: [], message: "mail か webhook のどちらか一つ" }];
  }
  if (!reports.includes("weekly") && lines.some((line) => line !== WHOLE)) {
    return [
      {
        path: ["lines"],
        message: "reports に weekly があるときだけ（ラインごとの報告は週次だけです）",
      },
    ];
  }
  if (mail === undefined) return [];
  if (smtp === undefined || from === undefined) {
    return [{ path: ["mail"], message: "メールには deliver.smtp と deliver.from も書く" }];
  }
  if (isAllowed(mail, domains)) return [];
  return [{ path: ["mail"], message: "deliver.domains に書いたドメインのアドレス" }];
}

function isAllowed(mail: string, domains: readonly string[]): boolean {
  const domain = mail.slice(mail.lastIndexOf("@") + 1).toLowerCase();
  return domains.some((allowed) => allowed.toLowerCase() === domain);
}

/** @returns what recipients name as a line and is none, with its place in the file */
export function unknownLines(
  { recipients }: DeliverConfig,
  lines: readonly string[],
): { path: string; line: string; expected: string }[] {
  const known = [WHOLE, ...lines];
  return recipients.flatMap((recipient, index) =>
    recipient.lines
      .filter((line) => !known.includes(line))
      .map((line) => ({
        path: `deliver.recipients.${index}.lines`,
        line,
        expected: known.join("、"),
      })),
  );
}

/** Makes the paths in it absolute. */
export function resolveDeliverPaths(
  deliver: DeliverConfig,
  absolute: (path: string) => string,
): DeliverConfig {
  const { smtp, recipients } = deliver;
  return {
    ...deliver,
    smtp: smtp && {
      ...smtp,
      ...(smtp.passwordFile !== undefined && { passwordFile: absolute(smtp.passwordFile) }),
      ...(smtp.caFile !== undefined && { caFile: absolute(smtp.caFile) }),
    },
    recipients: recipients.map((recipient) => ({
      ...recipient,
      webhook: recipient.webhook && {
        ...recipient.webhook,
        urlFile: absolute(recipient.webhook.urlFile),
      },
    })),
  };
}
