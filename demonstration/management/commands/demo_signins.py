"""Print how to sign in to the demonstration."""

from django.core.management.base import BaseCommand

from demonstration.people import PASSWORD, signins


class Command(BaseCommand):
    help = "The sign-ins of the demonstration: one for each role, two for licensees."

    def handle(self, *args: object, **options: object) -> None:
        rows = [("who", "e-mail", "password"), *((who, email, PASSWORD) for who, email in signins())]
        widths = [max(len(row[column]) for row in rows) for column in range(3)]
        for row in rows:
            self.stdout.write("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
