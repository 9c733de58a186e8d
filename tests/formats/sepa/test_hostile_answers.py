"""Files that are no answers, and files that were made to do harm."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entraide.formats.sepa import BankAnswerRefused, answer_file, read_bank_answer
from entraide.formats.sepa.xml_input import elements
from tests.formats.sepa.answers import NAMESPACE, detail, document, entry, notification, report, status, why

WHOLE = report(status("RJCT", why("AC04", "Compte clos")), group="<GrpSts>PART</GrpSts>")
HEAD, _, REST = WHOLE.decode().partition("\n")


def the_refusal_of(content: bytes) -> BankAnswerRefused:
    with pytest.raises(BankAnswerRefused) as refused:
        read_bank_answer(content)
    return refused.value


def with_doctype(inside: str, rest: str = REST) -> str:
    return f"{HEAD}<!DOCTYPE Document {inside}>{rest}"


LAUGHS = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
HOSTILE = {
    "empty": with_doctype(""),
    "laughs": with_doctype(f'[<!ENTITY a "haha">{LAUGHS}]', REST.replace("Compte clos", "&j;")),
    "laughs in an attribute": with_doctype(
        f'[<!ENTITY a "haha">{LAUGHS}]', REST.replace("<Document", '<Document x="&j;"')
    ),
    "a file": with_doctype('[<!ENTITY a SYSTEM "file:///etc/hostname">]', REST.replace("Compte clos", "&a;")),
    "an address": with_doctype('SYSTEM "http://127.0.0.1:9/x.dtd"'),
    "a parameter": with_doctype('[<!ENTITY % p SYSTEM "file:///etc/hostname"> %p;]'),
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("name", HOSTILE)
def test_a_document_type_is_refused_whatever_it_holds_and_nothing_of_it_is_fetched(name, encoding):
    refusal = the_refusal_of(HOSTILE[name].replace("UTF-8", encoding).encode(encoding))

    assert refusal.place.fr == "fichier"
    assert len(refusal.found) <= 200


def test_a_harmless_document_type_is_refused_as_what_it_is():
    assert the_refusal_of(HOSTILE["empty"].encode()).found == "DOCTYPE"


@pytest.mark.parametrize("what", ["document type", "entity", "parameter"])
def test_a_file_that_a_document_type_points_to_is_never_opened(what, tmp_path):
    """If it were, its broken content would be what is refused."""
    trap = tmp_path / "trap.dtd"
    trap.write_text("<!ENTITY <<< ]]>")
    inside, rest = {
        "document type": (f'SYSTEM "{trap.as_uri()}"', REST),
        "entity": (f'[<!ENTITY a SYSTEM "{trap.as_uri()}">]', REST.replace("Compte clos", "&a;")),
        "parameter": (f'[<!ENTITY % p SYSTEM "{trap.as_uri()}"> %p;]', REST),
    }[what]

    assert the_refusal_of(with_doctype(inside, rest).encode()).found == "DOCTYPE"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<!-- nothing -->",
        b"   ",
        b"PK\x03\x04",
        b"%PDF-1.7",
        b"{}",
        WHOLE[:-12],
        WHOLE[: len(WHOLE) // 2],
        WHOLE + b"<x/>",
        WHOLE.replace(b"Compte clos", b"&a;"),
        WHOLE.replace(b"Compte clos", b"\x00"),
        WHOLE.replace(b"Compte clos", b"\xe9"),
        WHOLE.replace(b"UTF-8", b"no-such-encoding"),
        WHOLE.replace(b"Compte clos", b"<a>" * 300 + b"</a>" * 300),
    ],
    ids=range(14),
)
def test_what_is_no_whole_xml_is_refused(content):
    assert the_refusal_of(content).expected.en == "a whole XML file, as the bank gave it"


@pytest.mark.parametrize(
    "content",
    [
        document("pain.002.001.11", "CstmrPmtStsRpt", ""),
        document("pain.001.001.03", "CstmrCdtTrfInitn", ""),
        document("camt.053.001.02", "BkToCstmrStmt", ""),
        WHOLE.replace(b"urn:iso:std:iso:20022:tech:xsd:", b"urn:other:"),
        WHOLE.replace(b"urn:iso:std:iso:20022:tech:xsd:", b""),
        WHOLE.replace(b"Document", b"Letter"),
        b"<html/>",
        b"<Document/>",
    ],
    ids=range(8),
)
def test_another_message_or_another_version_is_refused_with_those_that_can_be_read(content):
    refusal = the_refusal_of(content)

    assert refusal.place.en == "Document"
    for message in ("pain.002.001.03", "pain.002.001.10", "camt.054.001.02", "camt.054.001.08"):
        assert message in refusal.expected.en
        assert message in refusal.expected.fr


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_another_encoding_is_read(encoding):
    text = WHOLE.decode().replace("Compte clos", "Décédé").replace("UTF-8", encoding.removesuffix("-sig"))

    assert read_bank_answer(text.encode(encoding)).items[0].text == "Décédé"


def test_remarks_and_instructions_between_the_fields_change_nothing():
    remarked = WHOLE.replace(b"Compte clos", b"Compte<!-- remark --> <?pi?>clos")

    assert read_bank_answer(remarked) == read_bank_answer(WHOLE)


def test_prefixes_are_a_matter_of_taste():
    prefixed = WHOLE.replace(b"</", b"</p:").replace(b"<", b"<p:").replace(b"<p:/p:", b"</p:")
    prefixed = prefixed.replace(b"<p:?", b"<?").replace(b"xmlns=", b"xmlns:p=")

    assert read_bank_answer(prefixed) == read_bank_answer(WHOLE)


def test_a_file_that_is_too_large_is_not_even_opened(monkeypatch):
    monkeypatch.setattr(answer_file, "LARGEST_ANSWER", len(WHOLE))

    assert read_bank_answer(WHOLE)
    assert the_refusal_of(WHOLE + b" ").expected.en == "at most 50 MB"


def test_what_was_read_is_let_go():
    kept = list(elements(WHOLE, "TxInfAndSts", namespace=NAMESPACE + "pain.002.001.03"))

    assert [len(element) for element in kept] == [0]


def test_an_answer_about_very_many_transfers_is_read():
    many = [status("RJCT", why("AC04"), reference=f"R-{n}") for n in range(2_000)]

    assert len(read_bank_answer(report(*many)).items) == 2_000


@pytest.mark.parametrize("start", [b"<:Document>", b"<Document:>", b"<Document:a:b xmlns:Document='urn:x'>"])
def test_a_name_with_a_colon_astray_is_refused(start):
    with pytest.raises(BankAnswerRefused):
        read_bank_answer(start)


@given(st.binary(max_size=300))
def test_any_bytes_are_refused_with_our_own_error(content):
    with pytest.raises(BankAnswerRefused):
        read_bank_answer(content)


@given(data=st.data(), start=st.sampled_from([WHOLE, notification(entry(detail(why("AC04"))))]))
def test_an_answer_with_any_damage_is_read_or_refused_with_our_own_error(data, start):
    at = data.draw(st.integers(0, len(start)))
    until = data.draw(st.integers(at, min(at + 40, len(start))))
    damaged = start[:at] + data.draw(st.binary(max_size=8)) + start[until:]

    with suppress(BankAnswerRefused):
        answer = read_bank_answer(damaged)
        assert answer.message_id
        assert all(len(item.text) <= 200 and len(item.end_to_end_id) <= 35 for item in answer.items)
