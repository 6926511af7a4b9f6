export { SiteCertificate, SiteCertificateProps } from "./site-certificate";
