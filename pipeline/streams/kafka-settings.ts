import { z } from "zod";

const file = z.string().min(1);

const SSL_EXPECTED = "true、または { ca: 認証局の PEM, cert: 自分の証明書, key: その鍵 }";
const SASL_EXPECTED =
  "plain、scram-sha-256、scram-sha-512（username と passwordFile）、oauthbearer（tokenFile か tokenCommand）";

const Ssl = z
  .strictObject({
    /** PEM files. `ca` where the brokers' certificates are signed by an authority that Node does not know. */
    ca: file.optional(),
    /** Both or none: a certificate of our own, for brokers that ask for one. */
    cert: file.optional(),
    key: file.optional(),
  })
  .refine(({ cert, key }) => (cert === undefined) === (key === undefined), {
    error: "cert と key の両方、またはどちらも無し",
  });

const passwordLogin = { username: z.string().min(1), passwordFile: file };

/** Secrets are files or what a command prints: `kizuki.yaml` is copied, mailed and kept in repositories. */
const Sasl = z.discriminatedUnion(
  "mechanism",
  [
    z.strictObject({ mechanism: z.literal("plain"), ...passwordLogin }),
    z.strictObject({ mechanism: z.literal("scram-sha-256"), ...passwordLogin }),
    z.strictObject({ mechanism: z.literal("scram-sha-512"), ...passwordLogin }),
    z
      .strictObject({
        mechanism: z.literal("oauthbearer"),
        /** Read again for each new token; something else keeps it fresh. */
        tokenFile: file.optional(),
        /** Program and arguments; its standard output is the token. */
        tokenCommand: z.array(z.string().min(1)).min(1).optional(),
      })
      .refine(({ tokenFile, tokenCommand }) => (tokenFile ?? tokenCommand) !== undefined, {
        // Not at the whole: what was read is shown, and a token might stand there by mistake.
        path: ["tokenFile"],
        error: "tokenFile か tokenCommand のどちらか",
      }),
  ],
  { error: SASL_EXPECTED },
);
export type Sasl = z.infer<typeof Sasl>;

/** Two copies are safe enough; more would make a slow broker everybody's. */
const MOST_IN_SYNC = 2;

export const StreamSettings = z
  .strictObject({
    /** Of voc.raw and voc.enriched: the most workers that can share the work. Cannot be changed later. */
    partitions: z.int().min(1).max(1000).default(12),
    replicationFactor: z.int().min(1).max(10).default(3),
    /** Copies that must have a record before it counts as written; by default one may be down. */
    minInSyncReplicas: z.int().min(1).max(10).optional(),
    /** voc.raw holds the verbatims; the vault has them by then. */
    rawRetentionDays: z.int().min(1).max(3650).default(30),
  })
  .transform(({ minInSyncReplicas, ...streams }) => ({
    ...streams,
    minInSyncReplicas:
      minInSyncReplicas ?? Math.max(1, Math.min(MOST_IN_SYNC, streams.replicationFactor - 1)),
  }))
  .refine((streams) => streams.minInSyncReplicas <= streams.replicationFactor, {
    path: ["minInSyncReplicas"],
    error: "replicationFactor 以下（超えると、一件も書けません）",
  });

/** `kafka:` of `kizuki.yaml`. */
export const KafkaSettings = z
  .strictObject({
    brokers: z
      .array(z.string().regex(/^[^\s:/]+:\d{1,5}$/, "ホスト:ポート（例: kafka1.example.jp:9093）"))
      .min(1),
    clientId: z.string().min(1).max(100).default("kizuki"),
    ssl: z.union([z.literal(true), Ssl], SSL_EXPECTED).optional(),
    sasl: Sasl.optional(),
    streams: StreamSettings.prefault({}),
  })
  .refine(({ ssl, sasl }) => ssl !== undefined || !sendsSecret(sasl), {
    path: ["ssl"],
    error: "true か { ca: … }（plain と oauthbearer は、ssl が無いと秘密をそのまま送ります）",
  });
export type KafkaSettings = z.infer<typeof KafkaSettings>;

function sendsSecret(sasl: Sasl | undefined): boolean {
  return sasl?.mechanism === "plain" || sasl?.mechanism === "oauthbearer";
}

/** Paths in it are meant from the file's folder. */
export function resolveKafkaPaths(
  settings: KafkaSettings,
  absolute: (path: string) => string,
): KafkaSettings {
  const { ssl, sasl } = settings;
  return {
    ...settings,
    ...(ssl !== undefined && { ssl: ssl === true ? ssl : mapValues(ssl, absolute) }),
    ...(sasl !== undefined && { sasl: resolveSasl(sasl, absolute) }),
  };
}

function resolveSasl(sasl: Sasl, absolute: (path: string) => string): Sasl {
  if (sasl.mechanism !== "oauthbearer") {
    return { ...sasl, passwordFile: absolute(sasl.passwordFile) };
  }
  const { tokenFile } = sasl;
  return { ...sasl, ...(tokenFile !== undefined && { tokenFile: absolute(tokenFile) }) };
}

function mapValues(
  paths: Readonly<Record<string, string | undefined>>,
  absolute: (path: string) => string,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(paths).flatMap(([name, path]) =>
      path === undefined ? [] : [[name, absolute(path)]],
    ),
  );
}
