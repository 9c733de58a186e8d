"""The public file of postcodes takes the place of the one before, whole or not at all."""

from collections.abc import Iterable

from django.db import transaction

from entraide.formats.communes import commune_key
from entraide.portal.domain.contacts.models import Place
from entraide.portal.domain.imports import Counts, FileImported, tell_planner
from entraide.portal.foundation.events.facts import publish

_AT_ONCE = 2000


def load_places(pairs: Iterable[tuple[str, str]], *, file: str) -> Counts:
    """Stores (postcode, name) pairs already checked; one name counts once per postcode, however it is spelt.

    Pairs that are no longer in the file go. An interrupted load leaves what was there before.
    """
    wanted: dict[tuple[str, str], str] = {}
    for postcode, city in pairs:
        wanted.setdefault((postcode, commune_key(city)), city)
    with transaction.atomic():
        known = {(one.postcode, one.key): one for one in Place.objects.all()}
        gone = [one.pk for key, one in known.items() if wanted.get(key) != one.city]
        for start in range(0, len(gone), _AT_ONCE):
            Place.objects.filter(pk__in=gone[start : start + _AT_ONCE]).delete()
        same = {key for key, one in known.items() if wanted.get(key) == one.city}
        fresh = [key for key in wanted if key not in same]
        Place.objects.bulk_create(
            [Place(postcode=postcode, key=key, city=wanted[postcode, key]) for postcode, key in fresh],
            batch_size=_AT_ONCE,
        )
        changed = sum(1 for key in fresh if key in known)
        counts = Counts(new=len(fresh) - changed, changed=changed, unchanged=len(same))
        if fresh or gone:
            publish(FileImported(file=file, new=counts.new, changed=counts.changed))
    tell_planner(Place, written=len(fresh))
    return counts
