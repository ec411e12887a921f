import { z } from "zod";
import { KafkaError } from "../errors.ts";

/** What is worth knowing of an error of kafkajs, at any depth. */
const Known = z.object({
  name: z.string().catch(""),
  message: z.string().catch(""),
  /** Name of Kafka's own error code. */
  type: z.string().optional().catch(undefined),
  /** Of Node's socket. */
  code: z.string().optional().catch(undefined),
  broker: z.string().optional().catch(undefined),
  cause: z.unknown().optional(),
  errors: z.array(z.unknown()).optional().catch(undefined),
});
type Known = z.infer<typeof Known>;

type Explanation = {
  readonly matches: (error: Known) => boolean;
  readonly says: string;
  /** Whether trying again later may help without anybody changing anything. */
  readonly retriable: boolean;
};

const type =
  (...types: readonly string[]) =>
  (error: Known) =>
    error.type !== undefined && types.includes(error.type);

/** The first that matches counts: what a person must mend comes before what time may. */
const EXPLANATIONS: readonly Explanation[] = [
  {
    matches: ({ name, type: kind }) =>
      name === "KafkaJSSASLAuthenticationError" || kind === "SASL_AUTHENTICATION_FAILED",
    says: "認証に失敗しました。kafka.sasl の方式・利用者名・パスワード（またはトークン）を確かめてください",
    retriable: false,
  },
  {
    matches: type("UNSUPPORTED_SASL_MECHANISM", "ILLEGAL_SASL_STATE"),
    says: "ブローカーはこの認証方式を受け付けません。kafka.sasl.mechanism を確かめてください",
    retriable: false,
  },
  {
    // The broker's word on ours; what follows is ours on the broker's.
    matches: ({ message }) => /SSL routines.* alert .*(certificate|unknown ca)/i.test(message),
    says: "ブローカーは、こちらの証明書を求めているか、受け付けません。kafka.ssl の cert と key を確かめてください",
    retriable: false,
  },
  {
    matches: ({ code = "", message }) =>
      /CERT|^ERR_TLS_|VERIFY|SIGNED/.test(code) || /certificate|self.signed/i.test(message),
    says: "ブローカーの証明書を確かめられません。kafka.ssl.ca とホスト名を確かめてください",
    retriable: false,
  },
  {
    matches: ({ code = "", message }) =>
      /^ERR_SSL_|EPROTO/.test(code) || /wrong version number|SSL routines/.test(message),
    says: "TLS で話せません。ブローカーのこのポートは TLS ではないかもしれません。kafka.ssl を確かめてください",
    retriable: false,
  },
  {
    matches: type(
      "TOPIC_AUTHORIZATION_FAILED",
      "CLUSTER_AUTHORIZATION_FAILED",
      "GROUP_AUTHORIZATION_FAILED",
    ),
    says: "この利用者には権限がありません。Kafka の ACL を確かめてください",
    retriable: false,
  },
  {
    matches: type("INVALID_REPLICATION_FACTOR"),
    says: "ブローカーの台数より多く複製できません。kafka.streams.replicationFactor（と minInSyncReplicas）を台数以下にしてください",
    retriable: false,
  },
  {
    matches: type("MESSAGE_TOO_LARGE", "RECORD_LIST_TOO_LARGE"),
    says: "ブローカーの上限より大きい記録です。`kizuki streams ensure --check` で max.message.bytes を確かめてください",
    retriable: false,
  },
  {
    matches: type("POLICY_VIOLATION", "INVALID_CONFIG", "INVALID_PARTITIONS", "INVALID_RECORD"),
    says: "ブローカーの決まりに合わないので断られました",
    retriable: false,
  },
  {
    matches: type("UNKNOWN_TOPIC_OR_PARTITION"),
    says: "このストリームがありません。`kizuki streams ensure` で作ってください",
    retriable: true,
  },
  {
    matches: type("NOT_ENOUGH_REPLICAS", "NOT_ENOUGH_REPLICAS_AFTER_APPEND"),
    says: "同期している複製が足りません。止まっているブローカーを確かめてください",
    retriable: true,
  },
  {
    matches: ({ name, message }) =>
      name === "KafkaJSConnectionClosedError" || message.includes("before secure TLS connection"),
    says: "ブローカーが接続を切りました。kafka.ssl と kafka.sasl がこのポートに合っているか、ブローカーが動いているかを確かめてください",
    retriable: true,
  },
  {
    matches: ({ name }) =>
      name === "KafkaJSConnectionError" || name === "KafkaJSRequestTimeoutError",
    says: "ブローカーが答えません。動いているか、kafka.brokers のホストとポートが正しいかを確かめてください",
    retriable: true,
  },
];

/**
 * An error of kafkajs for people: what could not be done, at which broker, why, and what to look at.
 *
 * @param what in Japanese, such as 「voc.raw に書けません」
 */
export function kafkaError(what: string, brokers: readonly string[], cause: unknown): KafkaError {
  const errors = chainOf(cause);
  const found = EXPLANATIONS.find(({ matches }) => errors.some(matches));
  const where = errors.find(({ broker }) => broker !== undefined)?.broker ?? brokers.join("、");
  const original = errors.at(-1)?.message ?? String(cause);
  const says = found?.says ?? "Kafka の誤りです";
  return new KafkaError(`${what}（${where}）。${says}。Kafka の言葉: ${original}`, {
    cause,
    retriable: found?.retriable ?? true,
  });
}

/** The error and all that it stands on, outermost first. */
function chainOf(error: unknown): Known[] {
  const known = Known.safeParse(error);
  if (!known.success) return [];
  const below = [known.data.cause, ...(known.data.errors ?? [])];
  return [known.data, ...below.flatMap(chainOf)];
}
