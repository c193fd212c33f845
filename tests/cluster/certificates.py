"""The certificates and keys of one control plane: one small authority made for it alone."""

import datetime as dt
import ipaddress
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from tests.cluster.node.network import ADDRESS, API_SERVICE
from tests.cluster.ports import LOOPBACK

# Any clock that this runs under is inside; the keys live no longer than the control plane.
NOT_BEFORE = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
NOT_AFTER = dt.datetime(2120, 1, 1, tzinfo=dt.UTC)
# What clients here and in pods and, through the aggregator, the API server call the servers.
SERVER_NAMES = (
    "localhost",
    "kubernetes",
    "kubernetes.default",
    "kubernetes.default.svc",
    "metrics-server.kube-system.svc",
)
SERVER_ADDRESSES = (LOOPBACK, ADDRESS, API_SERVICE)
# The only client that metrics-server believes when it names the user (--requestheader-*).
FRONT_PROXY = "front-proxy-client"
# As whom the API server speaks to the kubelet, for logs and exec.
KUBELET_CLIENT = "kubelet-client"
KUBELET_CLIENT_GROUP = "system:masters"


def make_certificates(folder: Path) -> None:
    """Write to `folder` what the servers need, all on P-256 keys (fast to make, and enough).

    ca.crt; server.crt and server.key for every server; front-proxy.crt and .key, with
    which the API server speaks to metrics-server; kubelet-client.crt and .key, with which it
    speaks to the kubelet; service-accounts.key, which signs tokens.
    """
    authority_key = _new_key()
    authority_name = _name("onair-test-authority")
    authority = _sign(
        _builder(authority_name, authority_key)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_signs_certificates(), critical=True),
        authority_name,
        authority_key,
    )
    _write(folder / "ca.crt", authority)
    names: list[x509.GeneralName] = [x509.DNSName(name) for name in SERVER_NAMES]
    names += [x509.IPAddress(ipaddress.ip_address(address)) for address in SERVER_ADDRESSES]
    for stem, subject, usage in (
        ("server", _name("localhost"), ExtendedKeyUsageOID.SERVER_AUTH),
        ("front-proxy", _name(FRONT_PROXY), ExtendedKeyUsageOID.CLIENT_AUTH),
        (
            "kubelet-client",
            _name(KUBELET_CLIENT, KUBELET_CLIENT_GROUP),
            ExtendedKeyUsageOID.CLIENT_AUTH,
        ),
    ):
        key = _new_key()
        builder = (
            _builder(subject, key)
            .add_extension(x509.SubjectAlternativeName(names), critical=False)
            .add_extension(x509.ExtendedKeyUsage([usage]), critical=False)
        )
        _write(folder / f"{stem}.crt", _sign(builder, authority_name, authority_key))
        _write_key(folder / f"{stem}.key", key)
    _write_key(folder / "service-accounts.key", _new_key())


def _new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def _name(common_name: str, *groups: str) -> x509.Name:
    parts = [x509.NameAttribute(NameOID.ORGANIZATION_NAME, group) for group in groups]
    return x509.Name([*parts, x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _builder(subject: x509.Name, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOT_BEFORE)
        .not_valid_after(NOT_AFTER)
    )


def _signs_certificates() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=True,
        encipher_only=False,
        decipher_only=False,
    )


def _sign(
    builder: x509.CertificateBuilder,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
) -> x509.Certificate:
    return builder.issuer_name(issuer).sign(key, hashes.SHA256())


def _write(path: Path, certificate: x509.Certificate) -> None:
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))


def _write_key(path: Path, key: ec.EllipticCurvePrivateKey) -> None:
    path.touch(mode=0o600)
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        ),
    )
