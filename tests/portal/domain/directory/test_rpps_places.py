"""Professionals are placed by their commune: without towns the file waits."""

from pathlib import Path

import pytest

from entraide.portal.domain.directory.models import Town
from entraide.portal.gateways.directory.reading import DirectoryRefused
from entraide.portal.gateways.directory.rpps import take_in_rpps
from entraide.portal.gateways.places import take_in_places
from tests.portal.domain.directory.filled import rpps_file, rpps_line

pytestmark = pytest.mark.django_db


def test_without_towns_the_national_file_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(DirectoryRefused, match="entraide places FILE"):
        take_in_rpps(rpps_file(tmp_path, rpps_line()))


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("code_insee,nom_commune,code_postal,lat,lon", "38185,GRENOBLE,38000,45.18,5.72"),
        (
            "Code_commune_INSEE;Nom_commune;Code_postal;Libelle_acheminement;coordonnees_gps",
            "38185;GRENOBLE;38000;GRENOBLE;45.18,5.72",
        ),
        ("#Code_commune_INSEE;Nom_de_la_commune;Code_postal;_geopoint", "38185;GRENOBLE;38000;45.18, 5.72"),
    ],
)
def test_the_file_of_postcodes_tells_where_towns_lie_in_each_edition(
    tmp_path: Path, head: str, row: str
) -> None:
    path = tmp_path / "places.csv"
    path.write_text(f"{head}\n{row}\n", encoding="utf-8")

    taken = take_in_places(path)

    assert taken.towns is not None
    assert taken.towns.new == 1
    one = Town.objects.get()
    assert (one.commune, one.postcode, one.lat, one.lon) == ("38185", "38000", 45.18, 5.72)


def test_an_edition_without_points_leaves_the_towns_that_are_known(tmp_path: Path) -> None:
    path = tmp_path / "places.csv"
    path.write_text("code_insee,nom_commune,code_postal,lat,lon\n38185,GRENOBLE,38000,45.18,5.72\n")
    take_in_places(path)
    path.write_text("Nom_commune;Code_postal\nVOIRON;38500\n")

    assert take_in_places(path).towns is None
    assert [one.name for one in Town.objects.all()] == ["Grenoble"]
