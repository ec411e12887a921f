import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export type Certificates = {
  /** PEM file of the authority that signed the broker's certificate. */
  readonly ca: string;
  /** PEM file with the broker's key and certificate, as Kafka reads it. */
  readonly keyStore: string;
  /** PEM files of a client's own certificate, `CN=kizuki`. */
  readonly client: { readonly cert: string; readonly key: string };
};

/** An authority of two days, a certificate for 127.0.0.1 that it signed, and one for a client. */
export function makeCertificates(folder: string): Certificates {
  const file = (name: string) => join(folder, name);
  const openssl = (...args: string[]) => execFileSync("openssl", args, { stdio: "pipe" });
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  openssl(
    ...["req", "-x509", ...newKey, "-days", "2", "-subj", "/CN=kizuki-test-ca"],
    ...["-keyout", file("ca.key"), "-out", file("ca.pem")],
  );
  writeFileSync(file("names.txt"), "subjectAltName=IP:127.0.0.1,DNS:localhost\n");
  const sign = (name: string, subject: string) => {
    openssl(
      ...["req", ...newKey, "-subj", subject],
      ...["-keyout", file(`${name}.key`), "-out", file(`${name}.csr`)],
    );
    openssl(
      ...["x509", "-req", "-in", file(`${name}.csr`), "-days", "2", "-extfile", file("names.txt")],
      ...["-CA", file("ca.pem"), "-CAkey", file("ca.key"), "-CAcreateserial"],
      ...["-out", file(`${name}.pem`)],
    );
  };
  sign("broker", "/CN=kizuki-test-broker");
  sign("client", "/CN=kizuki");
  const keyStore = file("broker-store.pem");
  writeFileSync(keyStore, readFileSync(file("broker.key"), "utf8"));
  writeFileSync(keyStore, readFileSync(file("broker.pem"), "utf8"), { flag: "a" });
  return {
    ca: file("ca.pem"),
    keyStore,
    client: { cert: file("client.pem"), key: file("client.key") },
  };
}
