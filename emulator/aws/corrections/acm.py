"""AWS Certificate Manager: certificates that are requested."""

from __future__ import annotations

from typing import Any

from aws.patching import replaces


@replaces("moto.acm.responses:AWSCertificateManagerResponse.request_certificate", "self")
def remember_key_algorithm(original: Any, response: Any) -> Any:
    """RequestCertificate forgets KeyAlgorithm. On AWS it decides the key pair, and is RSA_2048 when not given."""
    result = original(response)
    certificate = response.acm_backend.get_certificate(result.result["CertificateArn"])
    certificate.requested_key_algorithm = response._get_param("KeyAlgorithm")
    return result


@replaces("moto.acm.models:CertBundle.describe", "self")
def describe_key_algorithm(original: Any, certificate: Any) -> dict[str, Any]:
    """Every requested certificate is described with an RSA key, so Terraform would replace others. AWS returns the requested one."""
    described: dict[str, Any] = original(certificate)
    requested = getattr(certificate, "requested_key_algorithm", None)
    if requested is not None:
        described["Certificate"]["KeyAlgorithm"] = requested
    return described
