"""What an article can lead to: pages of this house by their URL name. A page that is not there is left out."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True)
class Function:
    """A page that does something: its URL name and what the link says in each language."""

    name: str
    en: str
    es: str

    def label(self, language: str) -> str:
        return self.es if language == "es" else self.en


FUNCTIONS: dict[str, Function] = {
    "notices": Function("inspections:notices", "Go to your notices", "Vea sus avisos"),
    "sign_in": Function("account_login", "Sign in", "Inicie sesión"),
    "profile": Function("accounts:profile", "Check your name and phone", "Revise su nombre y teléfono"),
    "windows": Function("inventory_windows:windows", "Go to your inventory windows", "Vea sus ventanas de inventario"),
    "window_request": Function(
        "inventory_windows:windows", "Ask us to reopen your window", "Pida que abramos su ventana"
    ),
    "correction_request": Function(
        "inventory_windows:windows", "Ask us to approve a BioTrack fix", "Pida que aprobemos un arreglo en BioTrack"
    ),
    "odor_contacts": Function("help_center:odor", "Find your city or county", "Busque su ciudad o condado"),
    "ask": Function("help_center:ask", "Ask us a question", "Háganos una pregunta"),
}


def links(keys: list[str], language: str = "en") -> list[tuple[str, str]]:
    """(words, address) of each function that is there, in the order of `keys`."""
    found = [(FUNCTIONS[key].label(language), _address(FUNCTIONS[key].name)) for key in keys if key in FUNCTIONS]
    return [(words, address) for words, address in found if address]


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
