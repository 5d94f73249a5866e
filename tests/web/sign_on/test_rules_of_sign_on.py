"""The page of sign-on, the officer's page and the commands: all that an administrator says about getting in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from click.testing import CliRunner, Result

from tests.web.office import HELPDESK, Browser, Clock
from tests.web.sign_on.provider import RunningProvider, sign_on
from tests.web.sign_on.test_second_factor import Device
from tests.web.test_run_the_house import ADMIN, page_of
from web.cli import main
from web.wiring import Wiring


@pytest.fixture
def admin(fresh: Callable[[], Browser]) -> Browser:
    made = fresh()
    assert made.sign_in(ADMIN).status == 200
    return made


def run(wiring: Wiring, *words: str) -> Result:
    settings = {"LAJUR_DATA_DIR": str(wiring.settings.data_dir), "LAJUR_OIDC_ISSUER": wiring.settings.oidc_issuer}
    return CliRunner().invoke(main, words, env={**settings, "LAJUR_OIDC_CLIENT_ID": "lajur-uji"})


def test_the_page_says_what_has_to_be_registered_at_the_provider(admin: Browser, provider: RunningProvider) -> None:
    page = admin.get("/house/sign-on")

    assert page.status == 200
    assert provider.address in page.text
    assert "/sign-in/provider/back" in page.text
    assert "/sign-in/provider/logout" in page.text


def test_a_line_of_the_table_is_added_refused_twice_and_taken_out(admin: Browser) -> None:
    line = {"claim": "peran", "value": "kepala", "post": "kepala-bp3mi", "office": "bp3mi-jatim"}

    added = admin.get("/house/sign-on").submit("/sign-on/map", **line)
    twice = added.submit("/sign-on/map", **line)
    gone = admin.get("/house/sign-on").submit("/sign-on/unmap")

    assert "Kepala BP3MI" in added.tree.find_class("stacked")[0].text_content()
    assert (twice.status, "sudah ada di dalamnya" in twice.text) == (409, True)
    assert "Belum ada klaim yang memberi jabatan" in gone.text


def test_the_rules_are_kept_and_an_address_links_nobody(admin: Browser) -> None:
    kept = admin.get("/house/sign-on").submit("/sign-on/rules", link_by="preferred_username", amr="mfa, hwk", acr="")
    wrong = kept.submit("/sign-on/rules", link_by="email")

    assert dict(kept.form("/sign-on/rules").form_values())["amr"] == "hwk mfa"
    assert (wrong.status, "hanya ditulis penyedia" in wrong.text) == (422, True)


def test_the_second_factor_is_required_of_a_post_from_a_day_and_no_longer(admin: Browser, clock: Clock) -> None:
    day = (clock.now + timedelta(days=30)).date().isoformat()

    asked = admin.get("/house/sign-on").submit("/sign-on/require", post="petugas-helpdesk", since=day)
    free = asked.submit("/sign-on/free")
    wrong = free.submit("/sign-on/require", post="", since="besok")

    assert "Petugas Helpdesk" in asked.text
    assert "Belum ada yang diwajibkan" in free.text
    assert wrong.status == 422


def test_an_account_is_linked_and_unlinked_on_the_page_of_the_officer(
    admin: Browser, fresh: Callable[[], Browser], provider: RunningProvider
) -> None:
    provider.person("akun-9")

    linked = page_of(admin, HELPDESK).submit("/link", subject=" akun-9 ")
    browser = fresh()
    came = sign_on(browser, provider, "akun-9")
    gone = page_of(admin, HELPDESK).submit("/unlink")

    assert "akun-9" in linked.text
    assert came.response.request.path == "/work/mine"
    assert "belum dapat masuk dengan akun instansi" in gone.text
    assert browser.get("/work/mine").response.request.path == "/sign-in"


def test_a_second_factor_is_reset_with_a_reason(admin: Browser, fresh: Callable[[], Browser], clock: Clock) -> None:
    browser = fresh()
    browser.sign_in(HELPDESK)
    Device(clock).enrol(browser)

    without = page_of(admin, HELPDESK).submit("/reset-factor", reason=" ")
    done = without.submit("/reset-factor", reason="Telepon hilang, datang sendiri.")

    assert without.status == 422
    assert "belum disiapkan" in done.text
    assert browser.get("/work/mine").response.request.path == "/sign-in"
    assert fresh().sign_in(HELPDESK).response.request.path == "/work/mine"


def test_an_act_that_is_none_is_refused(admin: Browser) -> None:
    token = dict(admin.get("/house/sign-on").form("/sign-on/rules").form_values())["csrf"]

    assert admin.client.post("/house/sign-on/karangan", data={"csrf": token}).status_code == 422


def test_the_same_is_done_at_the_command_line(wiring: Wiring, provider: RunningProvider) -> None:
    said = [
        run(wiring, "sign-on", *words.split())
        for words in (
            "rules --link-by preferred_username --amr mfa",
            "map peran kepala kepala-bp3mi bp3mi-jatim",
            "require --from 2026-12-01",
            "require --post petugas-helpdesk --from 2026-12-02",
            "free --post petugas-helpdesk",
            "show",
            "unmap 1",
        )
    ]

    assert [each.exit_code for each in said] == [0] * 7
    shown = said[5].output.splitlines()
    assert shown[:3] == [f"provider: {provider.address}", "link by: preferred_username", "two factors: amr mfa; acr -"]
    assert shown[3:5] == ["1  peran = kepala  kepala-bp3mi in bp3mi-jatim", "second factor: any post from 2026-12-01"]


def test_officers_are_linked_unlinked_reset_and_signed_out_at_the_command_line(wiring: Wiring) -> None:
    said = [
        run(wiring, "officer", *words)
        for words in (
            ("link", HELPDESK, "akun-5"),
            ("unlink", "1"),
            ("sessions-end", HELPDESK),
            ("reset-factor", HELPDESK, "--reason", "Telepon hilang."),
        )
    ]

    assert [each.exit_code for each in said] == [0, 0, 0, 1]
    assert said[0].output == f"Account 1 lets {HELPDESK} in.\n"
    assert said[2].output == f"0 sessions of {HELPDESK} have ended.\n"
    assert "Expected to find a second factor" in said[3].output
