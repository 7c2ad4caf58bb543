"""The guided set-up over a real store, with a site that verifies the codes by itself."""

from __future__ import annotations

import asyncio
import io
from pathlib import Path

import pyotp
import pytest
from PIL import Image

from secassist.base.errors import UnusableCall, UnusableInput
from secassist.base.worker import Worker
from secassist.store.vault import Row, Vault
from secassist.twofactor import migration, qr
from secassist.twofactor import setup as guide
from secassist.twofactor.account import Account
from secassist.twofactor.setup import Remark, Setup, Step
from secassist.usecases import setup as use
from secassist.usecases import twofactor
from support import qr_pictures
from support.vaults import KEY, new_vault

NOW = 1_780_000_000


class Site:
    """A site as the standard describes it: it makes a secret, shows it, and checks a code."""

    def __init__(self) -> None:
        self._totp = pyotp.TOTP(pyotp.random_base32())

    @property
    def picture(self) -> bytes:
        return qr_pictures.drawn(
            self._totp.provisioning_uri(name="anna@example.com", issuer_name="GitHub")
        )

    def takes(self, code: str, at: int) -> bool:
        return self._totp.verify(code, for_time=at, valid_window=1)


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return new_vault(tmp_path)


def at_picture() -> Setup:
    return guide.found_it(guide.choose_site(guide.start(), "GitHub", "github.com"))


def at_check(vault: Vault, site: Site) -> Setup:
    (candidate,) = use.candidates(qr.read_picture(site.picture))
    return use.read_in(vault, at_picture(), candidate)


def shown(vault: Vault, setup: Setup, unix_time: int) -> str:
    """The code to type at the site."""
    return twofactor.code(vault, setup.account_id, unix_time).code


def test_from_nothing_to_done(vault: Vault) -> None:
    site = Site()
    setup = at_check(vault, site)
    assert setup.remarks == ()
    setup = use.save(vault, setup)
    (saved,) = twofactor.entries(vault)
    assert (saved.confirmed, saved.site) == (False, "github.com")
    assert site.takes(shown(vault, setup, NOW), NOW)
    setup = use.site_took_it(vault, setup)
    setup = use.keep_spare_codes(vault, setup, ("1111-2222", "3333-4444"), "paper")
    setup = use.finish(vault, setup, NOW)
    assert setup.step is Step.DONE
    (saved,) = twofactor.entries(vault)
    assert saved.confirmed
    assert saved.spare_codes == ("1111-2222", "3333-4444")
    assert saved.remind_at == NOW + guide.REMIND_AFTER
    assert use.resume(vault) == ()
    assert twofactor.due([saved], NOW) == ()
    assert twofactor.due([saved], saved.remind_at) == (saved,)


def test_no_code_before_it_is_on_disk(vault: Vault, tmp_path: Path) -> None:
    setup = at_check(vault, Site())
    with pytest.raises(UnusableCall):
        twofactor.code(vault, setup.account_id, NOW)
    setup = use.save(vault, setup)
    vault.close()
    with Vault.open(tmp_path, KEY) as again:  # as after a crash: another start reads the disk
        assert [saved.id for saved in twofactor.entries(again)] == [setup.account_id]
        assert use.resume(again) == (setup,)


def test_a_second_picture_after_a_refusal(vault: Vault) -> None:
    first, second = Site(), Site()
    setup = use.save(vault, at_check(vault, first))
    setup = guide.new_picture(guide.refused(setup))
    (candidate,) = use.candidates(qr.read_picture(second.picture))
    setup = use.save(vault, use.read_in(vault, setup, candidate))
    assert len(twofactor.entries(vault)) == 2
    assert second.takes(shown(vault, setup, NOW), NOW)
    setup = use.site_took_it(vault, setup)
    (left,) = twofactor.entries(vault)
    assert left.id == setup.account_id


def test_the_picture_of_an_account_that_is_there(vault: Vault) -> None:
    site = Site()
    first = use.save(vault, at_check(vault, site))
    setup = at_check(vault, site)
    assert Remark.DUPLICATE in setup.remarks
    setup = use.save(vault, setup)
    assert setup.account_id == first.account_id
    assert len(twofactor.entries(vault)) == 1


def test_stop_and_discard(vault: Vault) -> None:
    early = use.keep(vault, at_picture())
    use.stop(vault, early)
    assert use.resume(vault) == ()
    setup = use.save(vault, at_check(vault, Site()))
    use.stop(vault, setup)
    assert use.resume(vault) == (setup,)
    use.discard(vault, setup)
    assert use.resume(vault) == ()
    assert twofactor.entries(vault) == ()


def test_discard_never_takes_what_the_site_asks_for(vault: Vault) -> None:
    setup = use.site_took_it(vault, use.save(vault, at_check(vault, Site())))
    use.discard(vault, setup)
    assert len(twofactor.entries(vault)) == 1


def test_an_account_removed_elsewhere(vault: Vault) -> None:
    setup = use.save(vault, at_check(vault, Site()))
    twofactor.remove(vault, setup.account_id)
    (resumed,) = use.resume(vault)
    assert (resumed.step, resumed.is_saved) == (Step.PICTURE, False)


def test_a_row_that_makes_no_sense(vault: Vault) -> None:
    vault.change([Row(guide.KIND, "x", {"version": 1})])
    assert use.resume(vault) == ()
    assert [row.id for row in vault.aside()] == ["x"]


def test_pictures_are_read_in_the_worker(vault: Vault) -> None:
    async def read() -> tuple[tuple[str, ...], tuple[str, ...]]:
        site = Site()
        async with Worker() as worker:
            picture = await use.read_picture(worker, site.picture)
            grey = Image.open(io.BytesIO(site.picture)).convert("L")
            screen = await use.read_screen(worker, grey.tobytes(), *grey.size, grey.width)
            with pytest.raises(UnusableInput):
                await use.read_picture(worker, b"no picture")
            return picture, screen

    picture, screen = asyncio.run(read())
    assert picture == screen
    assert len(use.candidates(picture)) == 1


def test_what_people_hold_up(vault: Vault) -> None:
    (typed,) = use.candidates(["jbsw y3dp ehpk 3pxp"])
    setup = use.read_in(vault, at_picture(), typed)
    assert setup.account is not None
    assert setup.account.issuer == "GitHub"
    accounts = [Account(secret=bytes([n]) * 20, name=f"u{n}") for n in range(3)]
    assert len(use.candidates(migration.write(accounts)[0])) == 3
    stranger = "otpauth://totp/PayPal:anna?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=PayPal"
    (other,) = use.candidates(["https://example.com/", stranger])
    assert use.read_in(vault, at_picture(), other).remarks == (Remark.OTHER_ISSUER,)


@pytest.mark.parametrize(
    "text", ["https://example.com/", "WIFI:S:x;P:y;;", "otpauth://totp/x", "0"]
)
def test_what_is_no_code(text: str) -> None:
    with pytest.raises(UnusableInput):
        use.candidates([text])
    with pytest.raises(UnusableInput):
        use.candidates([])
