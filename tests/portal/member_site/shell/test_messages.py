"""What was done is said on the next page, once."""

from django.test import Client

from tests.conftest import PASSWORD


def test_signing_out_is_said_on_the_next_page_and_once(member_client: Client) -> None:
    """A31: on a shared computer the member knows that the space is closed."""
    page = member_client.post("/deconnexion/", follow=True).content.decode()

    assert "Vous êtes déconnecté" in page
    assert "Vous êtes déconnecté" not in member_client.get("/connexion/").content.decode()


def test_a_changed_password_is_said_on_the_page(member_client: Client) -> None:
    """PWD-06: the success is on the screen, not only in the mail."""
    new = "Fauvette-grise-61"

    page = member_client.post(
        "/securite/",
        {"old_password": PASSWORD, "new_password1": new, "new_password2": new},
        follow=True,
    ).content.decode()

    assert "Votre nouveau mot de passe est enregistré" in page
