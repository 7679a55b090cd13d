"""Mail as it goes out, the mailbox of the demonstration, and its pages."""

import os
from email import message_from_bytes, policy

import pytest
from django.urls import reverse

from casefile import mail
from casefile.mailbox import Kept, Mailbox
from casefile.models import Delivery
from casefile.transports import MailboxTransport, on_the_wire
from config.addresses import MailServer
from tests.inspections import stories


@pytest.fixture
def box(tmp_path) -> Mailbox:
    return Mailbox(tmp_path / "mail")


def keep(box: Mailbox, n: int, body: str = "Hello") -> str:
    """A message that came n seconds after the first; its name."""
    box.put(
        f"<{n}@x>",
        f"Subject: Mail {n}\nTo: ana@example.test\nDate: Tue, 17 Nov 2026 17:00:00 +0000\n\n{body}\n".encode(),
    )
    newest = box.latest(1)[0].name if n == 0 else {kept.name for kept in box.latest(999)}
    name = newest if isinstance(newest, str) else next(it for it in newest if box.read(it)["Subject"] == f"Mail {n}")
    os.utime(box.folder / "new" / name, (1_800_000_000 + n, 1_800_000_000 + n))
    return name


class TestMailbox:
    def test_keeps_a_message_once(self, box) -> None:
        box.put("<1@x>", b"Subject: first\n\n")
        box.put("<1@x>", b"Subject: second\n\n")
        [kept] = box.latest(10)
        assert box.read(kept.name)["Subject"] == "first" and box.has("<1@x>") and not box.has("<2@x>")
        assert list((box.folder / "tmp").iterdir()) == []

    def test_pages_from_the_newest_by_where_the_last_page_ended(self, box) -> None:
        for n in range(5):
            keep(box, n)
        subjects, before = [], None
        while page := box.latest(2, before):
            subjects += [box.read(kept.name)["Subject"] for kept in page]
            before = Kept.read(page[-1].cursor)
        assert subjects == [f"Mail {n}" for n in (4, 3, 2, 1, 0)]

    @pytest.mark.parametrize("name", ["../../etc/passwd", "..", "", "a/b", "/etc/passwd", "x" * 300])
    def test_opens_nothing_outside(self, box, name) -> None:
        keep(box, 0)
        assert box.read(name) is None

    def test_finds_what_a_mail_program_has_read(self, box) -> None:
        name = keep(box, 0)
        os.rename(box.folder / "new" / name, box.folder / "cur" / f"{name}:2,S")
        assert box.has("<0@x>") and box.read(name)["Subject"] == "Mail 0"
        assert len(box.latest(10)) == 1

    def test_that_can_not_be_written_is_away(self, tmp_path) -> None:
        (tmp_path / "mail").write_text("not a folder")
        server = MailServer("mailbox", final=True, folder=tmp_path / "mail")
        message = message_from_bytes(b"Message-ID: <1@x>\n\nHello", policy=policy.default)
        answer = MailboxTransport(server).send(message, "ana@example.test")
        assert (answer.state, answer.away) == (Delivery.State.QUEUED, True)


class TestOnTheWire:
    @pytest.mark.parametrize(
        ("said", "sent"),
        [
            (b"a\nb\n", b"a\r\nb\r\n.\r\n"), (b"a\r\nb", b"a\r\nb\r\n.\r\n"), (b".\n..\nx.\n", b"..\r\n...\r\nx.\r\n.\r\n"),
            (b"a\rb\n", b"a\r\nb\r\n.\r\n"), (b"", b"\r\n.\r\n"),
        ],
    )  # fmt: skip
    def test_dots_and_line_ends_are_as_the_server_wants_them(self, said, sent) -> None:
        assert on_the_wire(said) == sent


@pytest.mark.django_db
class TestCompose:
    def test_is_seven_bit_and_the_same_at_every_attempt(self, dana, place, holidays) -> None:
        stories.served(dana, place)
        row = Delivery.objects.select_related("notice__file").get()
        first, again = mail.compose(row, None), mail.compose(row, None)
        assert bytes(first).isascii() and first["To"] == again["To"] == f"Tomás Lucero <{row.email}>"
        assert (first["Date"], first["Message-ID"]) == (again["Date"], again["Message-ID"])

    def test_a_name_can_not_add_a_header(self, dana, place, holidays) -> None:
        stories.served(dana, place)
        row = Delivery.objects.select_related("notice__file").get()
        row.name = "Ana\r\nBcc: all@example.test"
        assert mail.compose(row, None)["Bcc"] is None

    def test_a_domain_in_other_letters_is_written_in_ours(self) -> None:
        assert mail.in_ascii("ana@bücher.example") == "ana@xn--bcher-kva.example"


@pytest.mark.django_db
class TestPages:
    @pytest.fixture(autouse=True)
    def _local(self, settings, box) -> None:
        settings.MAIL = MailServer("mailbox", final=True, sender="CCD <no-reply@ccd.example>", folder=box.folder)

    def test_list_the_newest_first_and_go_on(self, client, dana, box) -> None:
        for n in range(30):
            keep(box, n)
        client.force_login(dana)
        first = client.get(reverse("casefile:mail"))
        assert first.status_code == 200
        assert [row["text"] for row in first.context["rows"]] == [f"Mail {n}" for n in range(29, 4, -1)]
        rest = client.get(reverse("casefile:mail") + first.context["next_url"])
        assert [row["text"] for row in rest.context["rows"]] == [f"Mail {n}" for n in range(4, -1, -1)]
        assert not rest.context["next_url"]

    def test_show_one_as_words_and_run_nothing(self, client, dana, box) -> None:
        name = keep(box, 0, "<script>alert(1)</script>\nhttps://example.test/x")
        client.force_login(dana)
        said = client.get(reverse("casefile:mail_message", args=[name])).content.decode()
        assert "&lt;script&gt;" in said and "<script>alert" not in said
        assert '<a href="https://example.test/x"' in said

    def test_have_no_other_mail(self, client, dana) -> None:
        client.force_login(dana)
        assert client.get(reverse("casefile:mail_message", args=["nothing"])).status_code == 404
        assert client.get(reverse("casefile:mail") + "?before=nonsense").status_code == 200

    def test_are_for_staff(self, client, tomas) -> None:
        client.force_login(tomas)
        assert client.get(reverse("casefile:mail")).status_code == 404

    def test_are_not_there_where_mail_leaves(self, client, dana, settings) -> None:
        settings.MAIL = MailServer("smtp", host="mail.example")
        client.force_login(dana)
        assert client.get(reverse("casefile:mail")).status_code == 404
