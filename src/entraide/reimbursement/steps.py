"""How a step is written: the words of its rule, then the figures."""

from entraide.reimbursement.breakdown import Step, StepKind
from entraide.reimbursement.money import Words, euros
from entraide.reimbursement.rules import RULES


def step(
    kind: StepKind,
    amount: int,
    rule: str,
    *,
    source: str = "",
    detail: Words | None = None,
    contract: str = "",
) -> Step:
    """A step whose sentence ends with its amount: `Taux de l’acte, 70 % : 21,00 €.`"""
    known, shown = RULES[rule], euros(amount)
    french, english = (f", {detail.fr}", f", {detail.en}") if detail else ("", "")
    return Step(
        kind=kind,
        amount=amount,
        rule=rule,
        source=source or known.source,
        words=Words(
            f"{known.words.fr}{french}\N{NO-BREAK SPACE}: {shown.fr}.",
            f"{known.words.en}{english}: {shown.en}.",
        ),
        contract=contract,
    )
