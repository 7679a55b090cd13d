"""Invented people, firms and places. Any likeness to a real licensee is chance."""

import csv
from pathlib import Path
from typing import NamedTuple

OFFICERS = (
    "Dana Ortiz", "Luis Maestas", "Priya Nair", "Carl Begay", "Ana Trujillo", "Sam Whitehorse", "Grace Padilla",
    "Ben Chavez", "Ruth Sandoval", "Omar Haddad", "Nina Quintana", "Theo Lindqvist", "Alma Vigil",
)  # fmt: skip
SUPERVISORS = (
    "Marco Baca", "Helen Yazzie",
)  # fmt: skip
ADMINISTRATOR = "Joan Pierce"
AUDITOR = "Victor Salas"

GIVEN = (
    "Tomás", "Rosa", "Elena", "Frank", "Marisol", "Peter", "Lucía", "Amos", "Ingrid", "Walter", "Delia", "Ramón",
    "Susan", "Benito", "Carla", "Jerome", "Paloma", "Oscar", "Ruby", "Ernesto", "Hazel", "Nico", "Vera", "Silas",
    "Yolanda",
)  # fmt: skip
FAMILY = (
    "Lucero", "Archuleta", "Montaño", "Gallegos", "Tafoya", "Benally", "Romero", "Sena", "Jaramillo", "Cordova",
    "Apodaca", "Mirabal", "Duran", "Espinoza", "Holloway", "Kessler", "Naranjo", "Abeyta", "Varela", "Whitman",
    "Zamora", "Pacheco",
)  # fmt: skip
FIRST = (
    "High Mesa", "Enchanted Acre", "Rio Bravo", "Mesa Bloom", "Sandia Sky", "Alto Verde", "Pecos Valley",
    "Chama River", "Ojo Feliz", "Piñon Ridge", "Red Arroyo", "Three Corners", "Turquoise Trail", "Blue Agave",
    "Cottonwood", "Sunrise", "Yucca Flat", "Desert Willow", "Cholla", "Roadrunner", "Bosque", "Juniper Gate",
    "Caldera", "Acequia", "Luna Clara", "Painted Rock", "Windmill", "Silver Creek", "Lost Canyon", "Sage and Stone",
)  # fmt: skip
SECOND = (
    "Organics", "Farm", "Gardens", "Cannabis", "Collective", "Growers", "Dispensary", "Botanicals", "Harvest",
    "Works", "Provisions", "Apothecary",
)  # fmt: skip
STREETS = (
    "Main Street", "Camino Real", "Mesa Road", "Acequia Lane", "Railroad Avenue", "County Road 7", "Second Street",
)  # fmt: skip


class Town(NamedTuple):
    """A town, its county, and how many premises stand there compared with others."""

    town: str
    county: str
    zip_code: str
    weight: str


class Seen(NamedTuple):
    """What a visit may find, by code of the catalog: how many, the officer's words, and what the licensee plans."""

    code: str
    many: str
    seen: str
    plan: str


def _rows(name: str) -> list[list[str]]:
    with (Path(__file__).parent / "data" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


TOWNS = [Town(*row) for row in _rows("towns.csv")]
SEEN = {row[0]: Seen(*row) for row in _rows("findings.csv")}
