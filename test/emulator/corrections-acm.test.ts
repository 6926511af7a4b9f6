import { callJson } from "../../emulator";
import { PATIENCE_MS, startedEmulator, TOKYO } from "./support";

jest.setTimeout(PATIENCE_MS);

const emulator = startedEmulator();

describe("ACM", () => {
  const call = (operation: string, body: unknown): Promise<Record<string, unknown>> =>
    callJson(emulator.current, `${TOKYO}/acm`, `CertificateManager.${operation}`, body);

  /** The key algorithm a certificate is described with. */
  async function keyAlgorithmOf(request: object): Promise<unknown> {
    const names = { DomainName: "orders.example.com", ValidationMethod: "DNS" };
    const { CertificateArn } = await call("RequestCertificate", { ...names, ...request });
    const { Certificate } = await call("DescribeCertificate", { CertificateArn });
    return (Certificate as { KeyAlgorithm: unknown }).KeyAlgorithm;
  }

  test("a certificate has the key it was requested with", async () => {
    expect(await keyAlgorithmOf({ KeyAlgorithm: "EC_prime256v1" })).toBe("EC_prime256v1");
    expect(await keyAlgorithmOf({})).toBe("RSA_2048");
  });
});
