"""Departments and territories of birth: the closed list, and how a typed one meets the one on file."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from entraide.formats import nir as nirs

ABROAD = "99"
CORSICA_UNDIVIDED = "20"

DEPARTMENTS: Mapping[str, str] = MappingProxyType(
    {
        "01": "Ain",
        "02": "Aisne",
        "03": "Allier",
        "04": "Alpes-de-Haute-Provence",
        "05": "Hautes-Alpes",
        "06": "Alpes-Maritimes",
        "07": "Ardèche",
        "08": "Ardennes",
        "09": "Ariège",
        "10": "Aube",
        "11": "Aude",
        "12": "Aveyron",
        "13": "Bouches-du-Rhône",
        "14": "Calvados",
        "15": "Cantal",
        "16": "Charente",
        "17": "Charente-Maritime",
        "18": "Cher",
        "19": "Corrèze",
        "20": "Corse (avant 1976)",
        "21": "Côte-d'Or",
        "22": "Côtes-d'Armor",
        "23": "Creuse",
        "24": "Dordogne",
        "25": "Doubs",
        "26": "Drôme",
        "27": "Eure",
        "28": "Eure-et-Loir",
        "29": "Finistère",
        "2A": "Corse-du-Sud",
        "2B": "Haute-Corse",
        "30": "Gard",
        "31": "Haute-Garonne",
        "32": "Gers",
        "33": "Gironde",
        "34": "Hérault",
        "35": "Ille-et-Vilaine",
        "36": "Indre",
        "37": "Indre-et-Loire",
        "38": "Isère",
        "39": "Jura",
        "40": "Landes",
        "41": "Loir-et-Cher",
        "42": "Loire",
        "43": "Haute-Loire",
        "44": "Loire-Atlantique",
        "45": "Loiret",
        "46": "Lot",
        "47": "Lot-et-Garonne",
        "48": "Lozère",
        "49": "Maine-et-Loire",
        "50": "Manche",
        "51": "Marne",
        "52": "Haute-Marne",
        "53": "Mayenne",
        "54": "Meurthe-et-Moselle",
        "55": "Meuse",
        "56": "Morbihan",
        "57": "Moselle",
        "58": "Nièvre",
        "59": "Nord",
        "60": "Oise",
        "61": "Orne",
        "62": "Pas-de-Calais",
        "63": "Puy-de-Dôme",
        "64": "Pyrénées-Atlantiques",
        "65": "Hautes-Pyrénées",
        "66": "Pyrénées-Orientales",
        "67": "Bas-Rhin",
        "68": "Haut-Rhin",
        "69": "Rhône",
        "70": "Haute-Saône",
        "71": "Saône-et-Loire",
        "72": "Sarthe",
        "73": "Savoie",
        "74": "Haute-Savoie",
        "75": "Paris",
        "76": "Seine-Maritime",
        "77": "Seine-et-Marne",
        "78": "Yvelines",
        "79": "Deux-Sèvres",
        "80": "Somme",
        "81": "Tarn",
        "82": "Tarn-et-Garonne",
        "83": "Var",
        "84": "Vaucluse",
        "85": "Vendée",
        "86": "Vienne",
        "87": "Haute-Vienne",
        "88": "Vosges",
        "89": "Yonne",
        "90": "Territoire de Belfort",
        "91": "Essonne",
        "92": "Hauts-de-Seine",
        "93": "Seine-Saint-Denis",
        "94": "Val-de-Marne",
        "95": "Val-d'Oise",
        "971": "Guadeloupe",
        "972": "Martinique",
        "973": "Guyane",
        "974": "La Réunion",
        "975": "Saint-Pierre-et-Miquelon",
        "976": "Mayotte",
        "977": "Saint-Barthélemy",
        "978": "Saint-Martin",
        "984": "Terres australes et antarctiques françaises",
        "986": "Wallis-et-Futuna",
        "987": "Polynésie française",
        "988": "Nouvelle-Calédonie",
        "99": "Étranger",
    }
)

_CORSICA = frozenset({"2A", "2B", CORSICA_UNDIVIDED})
# Haute-Corse and Corse-du-Sud exist since 1 January 1976; numbers given before keep 20.
_CORSICA_DIVIDED_ON = date(1976, 1, 1)
_SPACES = re.compile("[\\s\u00ad\u200b-\u200f\u2060\ufeff]+")


def normalise(text: str) -> str:
    """The code as the list writes it: `1` and `001` are `01`, `2a` is `2A`."""
    code = _SPACES.sub("", unicodedata.normalize("NFKC", text)).upper()
    if len(code) == 3 and code.startswith("0"):
        code = code[1:]
    return code.zfill(2) if code else ""


def is_department(text: str) -> bool:
    return normalise(text) in DEPARTMENTS


def same_department(
    typed: str, *, in_file: str, nir: nirs.Nir | str = "", birth_date: date | None = None
) -> bool:
    """Whether the birth department typed is the one on file or the one inside the NIR.

    Corsica's 20 equals 2A and 2B when the file or the NIR says 20, or for a birth before 1976.
    """
    code = normalise(typed)
    if code not in DEPARTMENTS:
        return False
    known = {normalise(in_file), _inside(nir)} - {""}
    if code in known:
        return True
    if code not in _CORSICA or not known & _CORSICA:
        return False
    born_before = birth_date is not None and birth_date < _CORSICA_DIVIDED_ON
    return CORSICA_UNDIVIDED in known or (code == CORSICA_UNDIVIDED and born_before)


def _inside(nir: nirs.Nir | str) -> str:
    if not nir:
        return ""
    return (nir if isinstance(nir, nirs.Nir) else nirs.parse(nir)).department
