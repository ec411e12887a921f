import type { Certificates } from "./certificates.ts";

export const SASL_USER = { username: "kizuki", password: "himitsu-no-kotoba" };

/** With the same password. They may do what they were granted, and everybody else may do all. */
export const GRANTED_USERS = ["kizuki-streams", "kizuki-serve", "kizuki-enrich"] as const;

/** `plain` has no lock on it; `secure` is TLS with SASL, `mutual` TLS with a certificate of the client. */
export type Ports = {
  readonly plain: number;
  readonly secure: number;
  readonly mutual: number;
  readonly controller: number;
};

/** `server.properties` of one broker that is its own controller, with the flags that make it start fast. */
export function serverProperties(options: {
  readonly ports: Ports;
  readonly dataFolder: string;
  readonly certificates: Certificates | undefined;
  /** Back soon after a kill, for a hundredth of a core at all times; else by Kafka's own intervals. */
  readonly quick: boolean;
}): string {
  const { ports, dataFolder, certificates, quick } = options;
  const secure = certificates === undefined ? {} : secureProperties(certificates);
  const listeners = [
    `PLAINTEXT://127.0.0.1:${ports.plain}`,
    `CONTROLLER://127.0.0.1:${ports.controller}`,
    ...(certificates === undefined
      ? []
      : [`SASL_SSL://127.0.0.1:${ports.secure}`, `SSL://127.0.0.1:${ports.mutual}`]),
  ];
  const properties = {
    "process.roles": "broker,controller",
    "node.id": 1,
    "controller.quorum.voters": `1@127.0.0.1:${ports.controller}`,
    "controller.listener.names": "CONTROLLER",
    listeners: listeners.join(","),
    "listener.security.protocol.map":
      "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL_SSL:SASL_SSL,SSL:SSL",
    "log.dirs": dataFolder,
    "offsets.topic.replication.factor": 1,
    "offsets.topic.num.partitions": 1,
    "transaction.state.log.replication.factor": 1,
    "transaction.state.log.min.isr": 1,
    "transaction.state.log.num.partitions": 1,
    "group.initial.rebalance.delay.ms": 0,
    "group.min.session.timeout.ms": 500,
    // A broker that was killed waits for its own dead session before it serves again: 9 s by default.
    ...(quick && { "broker.session.timeout.ms": 1000, "broker.heartbeat.interval.ms": 200 }),
    "auto.create.topics.enable": false,
    "log.cleaner.dedupe.buffer.size": 4_194_304,
    ...secure,
  };
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${value}\n`)
    .join("");
}

function secureProperties({ ca, keyStore }: Certificates): Record<string, string> {
  const { username, password } = SASL_USER;
  const login = (mechanism: string) => `listener.name.sasl_ssl.${mechanism}.sasl.jaas.config`;
  const security = "org.apache.kafka.common.security";
  const scram = `${security}.scram.ScramLoginModule required;`;
  return {
    "ssl.keystore.type": "PEM",
    "ssl.keystore.location": keyStore,
    "ssl.truststore.type": "PEM",
    "ssl.truststore.location": ca,
    "listener.name.ssl.ssl.client.auth": "required",
    "listener.name.sasl_ssl.sasl.enabled.mechanisms":
      "SCRAM-SHA-256,SCRAM-SHA-512,PLAIN,OAUTHBEARER",
    [login("scram-sha-256")]: scram,
    [login("scram-sha-512")]: scram,
    [login("plain")]: `${security}.plain.PlainLoginModule required user_${username}="${password}";`,
    "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
    "super.users": `User:ANONYMOUS;User:${username};User:CN=${username}`,
    // Takes a token that nobody signed, as long as it is a JWT of this day.
    [login("oauthbearer")]:
      `${security}.oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub="broker";`,
  };
}
