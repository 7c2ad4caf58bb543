"""A real Dovecot on loopback, with TLS by a certificate of its own.

with Dovecot(folder, maildir) as server:
    Connection(server.account, server.PASSWORD)
"""

from __future__ import annotations

import datetime
import ipaddress
import os
import socket
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from secassist.network.imap import Account

PROGRAM = "/usr/sbin/dovecot"
# Dovecot 2.4 names many settings anew and takes no configuration without its version.
_NAMES_OF_2_3 = """
ssl_cert = <{base}/cert.pem
ssl_key = <{base}/key.pem
disable_plaintext_auth = yes
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={mail}
}}
mail_location = maildir:{mail}
"""
_NAMES_OF_2_4 = """
ssl_server_cert_file = {base}/cert.pem
ssl_server_key_file = {base}/key.pem
auth_allow_cleartext = no
passdb static {{
  password = {password}
}}
userdb static {{
  fields {{
    uid = {uid}
    gid = {gid}
    home = {mail}
  }}
}}
mail_driver = maildir
mail_path = {mail}
"""
_COMMON = """
protocols = imap
listen = 127.0.0.1
base_dir = {base}/run
state_dir = {base}/run/state
log_path = {base}/log
ssl = required
default_internal_user = {internal}
default_login_user = {login}
default_internal_group = {group}
first_valid_uid = 1
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
"""


def _config() -> str:
    """The configuration, as the Dovecot that is here reads it."""
    said = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, check=True)
    version = said.stdout.split()[0].split("-")[0]
    if tuple(map(int, version.split(".")[:2])) < (2, 4):
        return _COMMON + _NAMES_OF_2_3
    versions = f"dovecot_config_version = {version}\ndovecot_storage_version = {version}\n"
    return versions + _COMMON + _NAMES_OF_2_4


class Dovecot:
    """Serves one Maildir to the user ``me``."""

    PASSWORD = "app-password"

    def __init__(self, base: Path, mail: Path) -> None:
        if not Path(PROGRAM).exists() or not hasattr(os, "geteuid"):
            pytest.skip("There is no Dovecot here; `make test` installs it.")
        self._base, self.mail = base, mail
        base.mkdir(parents=True, exist_ok=True)
        self.ca = base / "cert.pem"
        make_certificate(self.ca, base / "key.pem")
        self.port, plain = _free_port(), _free_port()
        root = os.geteuid() == 0
        nobody = (65534, 65534) if root else (os.getuid(), os.getgid())
        me, group = _names()
        (base / "dovecot.conf").write_text(
            _config().format(
                base=base,
                mail=mail,
                internal="root" if root else me,
                login="nobody" if root else me,
                group="root" if root else group,
                port=self.port,
                plain=plain,
                password=self.PASSWORD,
                uid=nobody[0],
                gid=nobody[1],
            )
        )
        if root:
            for path in (mail, *mail.rglob("*")):
                os.chown(path, *nobody)

    @property
    def account(self) -> Account:
        return Account("127.0.0.1", "me", self.port, self.ca)

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            [PROGRAM, "-F", "-c", str(self._base / "dovecot.conf")],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + 20
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", self.port), 0.2).close()
            except OSError:
                time.sleep(0.05)  # a server that starts tells nobody when it is ready
            else:
                return self
        self.__exit__(None, None, None)
        log = self._base / "log"
        raise RuntimeError(log.read_text() if log.exists() else "Dovecot did not start")

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.terminate()
        self._process.wait(10)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _names() -> tuple[str, str]:
    import grp
    import pwd

    return pwd.getpwuid(os.getuid()).pw_name, grp.getgrgid(os.getgid()).gr_name


def make_certificate(certificate: Path, key_file: Path) -> None:
    """A certificate for 127.0.0.1 that vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=2))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
