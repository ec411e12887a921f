import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export type Certificates = {
  /** PEM file of the authority that signed the broker's certificate. */
  readonly ca: string;
  /** PEM file with the broker's key and certificate, as Kafka reads it. */
  readonly keyStore: string;
};

/** An authority of two days and a certificate for 127.0.0.1 that it signed. */
export function makeCertificates(folder: string): Certificates {
  const file = (name: string) => join(folder, name);
  const openssl = (...args: string[]) => execFileSync("openssl", args, { stdio: "pipe" });
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  openssl(
    ...["req", "-x509", ...newKey, "-days", "2", "-subj", "/CN=kizuki-test-ca"],
    ...["-keyout", file("ca.key"), "-out", file("ca.pem")],
  );
  openssl(
    ...["req", ...newKey, "-subj", "/CN=kizuki-test-broker"],
    ...["-keyout", file("broker.key"), "-out", file("broker.csr")],
  );
  writeFileSync(file("names.txt"), "subjectAltName=IP:127.0.0.1,DNS:localhost\n");
  openssl(
    ...["x509", "-req", "-in", file("broker.csr"), "-days", "2", "-extfile", file("names.txt")],
    ...["-CA", file("ca.pem"), "-CAkey", file("ca.key"), "-CAcreateserial"],
    ...["-out", file("broker.pem")],
  );
  const keyStore = file("broker-store.pem");
  writeFileSync(keyStore, readFileSync(file("broker.key"), "utf8"));
  writeFileSync(keyStore, readFileSync(file("broker.pem"), "utf8"), { flag: "a" });
  return { ca: file("ca.pem"), keyStore };
}
