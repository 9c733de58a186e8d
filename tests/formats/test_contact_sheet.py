"""A vCard as phones read it (RFC 6350)."""

from entraide.formats.contact_sheet import ContactSheet, contact_sheet_file

SHEET = ContactSheet(
    name='Mutuelle "Exemple", la nôtre; ici',
    phone="04 00 00 00 00",
    email="contact@example.org",
    website="https://www.example.org",
    address=("1 rue du Pré", "38000 Grenoble"),
    note="Une première ligne\nune seconde, assez longue pour que la fin du champ passe à la ligne d’après",
)


def unfolded(file: bytes) -> list[str]:
    return file.replace(b"\r\n ", b"").decode().split("\r\n")


def test_each_field_stands_on_its_line_with_its_signs_escaped() -> None:
    lines = unfolded(contact_sheet_file(SHEET))

    assert lines[0:2] == ["BEGIN:VCARD", "VERSION:4.0"]
    assert 'FN:Mutuelle "Exemple"\\, la nôtre\\; ici' in lines
    assert "TEL;TYPE=work,voice;VALUE=uri:tel:+33400000000" in lines
    assert 'ADR;TYPE=work;LABEL="1 rue du Pré^n38000 Grenoble":;;1 rue du Pré\\, 38000 Grenoble;;;;' in lines
    assert any(line.startswith("NOTE:Une première ligne\\nune seconde\\, ") for line in lines)


def test_a_long_line_is_folded_between_letters_and_never_inside_one() -> None:
    file = contact_sheet_file(SHEET)

    for row in file.split(b"\r\n"):
        assert len(row) <= 75
        row.decode()


def test_what_is_not_known_is_left_out_and_a_short_number_stays_as_it_is() -> None:
    lines = unfolded(
        contact_sheet_file(
            ContactSheet(name="A", phone="3646", email="a@example.org", website="", address=())
        )
    )

    assert "TEL;TYPE=work,voice;VALUE=uri:tel:3646" in lines
    assert not any(line.startswith(("URL", "NOTE", "ADR")) for line in lines)
