/** Made from the types by `npm run shapes`: what each object may hold. Not to be edited. */
import { propsChecker } from "../core/internal";

// prettier-ignore
export const checkProps = propsChecker({
  SiteCertificateProps: { domainName: "string", name: "string", zone: "ZoneRef", "alternativeNames?": ["list",
    "string"], "furtherZones?": ["list", "ZoneRef"], "keyAlgorithm?": ["one of", "EC_prime256v1", "EC_secp384r1",
    "RSA_2048"], "unlogged?": "boolean" },
  ZoneRef: { name: "string", zoneId: "string", "account?": "string" },
});
