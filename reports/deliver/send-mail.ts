import { Transform } from "node:stream";
import { createTransport, type SendMailOptions } from "nodemailer";
import { z } from "zod";
import type { Smtp } from "../../pipeline/deliver/deliver-config.ts";
import { readPemFile, readSecretFile } from "../../pipeline/secret-file.ts";
import type { Attempt } from "./attempt.ts";

export type MailServer = {
  readonly smtp: Smtp;
  /** From the environment, used where no file is named. */
  readonly password: string | undefined;
};

/**
 * Hands one message to the server. Never throws for what the server or the line does.
 *
 * @param giveUp cuts the line, wherever the talk with the server has come to
 */
export async function sendMail(
  { smtp, password }: MailServer,
  message: SendMailOptions,
  giveUp: AbortSignal,
): Promise<Attempt> {
  const timeoutMs = smtp.timeoutSeconds * 1000;
  const transport = createTransport({
    host: smtp.host,
    port: smtp.port,
    secure: smtp.security === "tls",
    requireTLS: smtp.security === "starttls",
    ignoreTLS: smtp.security === "none",
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    // Attachments are handed over as bytes; nothing is read or fetched by name.
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(smtp.user !== undefined && { auth: { user: smtp.user, pass: passwordOf(smtp, password) } }),
    ...(smtp.caFile !== undefined && {
      tls: { ca: readPemFile(smtp.caFile, "deliver.smtp.caFile") },
    }),
  });
  let isHandedOver = false;
  transport.use("stream", (mail, done) => {
    mail.message.transform(
      () =>
        new Transform({
          transform: (chunk, _encoding, next) => next(null, chunk),
          flush(next) {
            isHandedOver = true;
            next();
          },
        }),
    );
    done();
  });
  try {
    await transport.sendMail({ ...message, signal: giveUp });
    return { status: "sent" };
  } catch (cause) {
    return attemptOf(cause, isHandedOver);
  } finally {
    transport.close();
  }
}

function passwordOf({ passwordFile }: Smtp, password: string | undefined): string {
  if (passwordFile !== undefined) return readSecretFile(passwordFile, "deliver.smtp.passwordFile");
  return password ?? "";
}

const Failure = z.object({ code: z.string().optional(), responseCode: z.int().optional() });

function attemptOf(cause: unknown, isHandedOver: boolean): Attempt {
  const { code = "error", responseCode } = Failure.safeParse(cause).data ?? {};
  // A wrong password is mended in the config, and the message is as good as before.
  if (code === "EAUTH" || responseCode === 530) return { status: "later", reason: "smtp-auth" };
  if (responseCode !== undefined && responseCode >= 400) {
    // Only what is said of the recipient or of the message is about them; the rest is about the server.
    const isRefusal = responseCode >= 500 && (code === "EENVELOPE" || code === "EMESSAGE");
    return { status: isRefusal ? "refused" : "later", reason: `smtp-${responseCode}` };
  }
  const reason = `smtp-${code.toLowerCase()}`;
  return isHandedOver ? { status: "lost", reason } : { status: "later", reason };
}
