"""The same act lines in openfisca-core, without allowances, caps or order: what it cannot do is left out.

Run by the interpreter of its own environment: `python openfisca_lines.py LINES TABLES.json`. The lines are
four 32-bit integers each: period, family, fee, base (-1 the tariff, 0 none, 1 the fee). The tables give for
each period and family the tariff, the rate, what is withheld, the level and the flat amount of the contract,
taken from our own parameters. It prints seconds and the sums, so that the two can be compared.
"""

import json
import sys
import time
from pathlib import Path

import numpy
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum, EnumArray
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

TABLES = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
FAMILIES = TABLES["families"]
Line = build_entity(key="line", plural="lines", label="Act line", is_person=True)
Family = Enum("Family", {name: name for name in FAMILIES})


def variable(name, formula=None, value_type=int, **more):
    body = {
        "value_type": value_type,
        "entity": Line,
        "definition_period": DateUnit.MONTH,
        "label": name,
        **more,
    }
    if formula is not None:
        body["formula"] = formula
    return type(name, (Variable,), body)


def base(line, period, parameters):
    fee, given = line("fee", period), line("given", period)
    tariff = parameters(period).tariff[line("family", period)].astype(int)
    return numpy.select([given == 1, given == 0], [fee, 0], numpy.minimum(fee, tariff))


def gross(line, period, parameters):
    rate = parameters(period).rate[line("family", period)].astype(int)
    return (line("base", period) * rate + 5_000) // 10_000


def withheld(line, period, parameters):
    unit = parameters(period).withheld[line("family", period)].astype(int)
    return numpy.minimum(unit, line("gross", period))


def amc(line, period, parameters):
    level = parameters(period).level[line("family", period)].astype(int)
    flat = parameters(period).flat[line("family", period)].astype(int)
    fee, paid = line("fee", period), line("gross", period)
    offer = (line("base", period) * level + 5_000) // 10_000 - paid
    return numpy.clip(offer + flat, 0, fee - paid)


def left(line, period, parameters):
    return line("fee", period) - line("gross", period) + line("withheld", period) - line("amc", period)


class System(TaxBenefitSystem):
    def __init__(self):
        super().__init__([Line])
        names = ("tariff", "rate", "withheld", "level", "flat")
        data = {
            name: {
                family: {
                    "values": {
                        day: {"value": TABLES[name][number][position]}
                        for number, day in enumerate(TABLES["first_days"])
                    }
                }
                for position, family in enumerate(FAMILIES)
            }
            for name in names
        }
        self.parameters = ParameterNode(name="", data=data)
        self.add_variable(variable("fee"))
        self.add_variable(variable("given"))
        self.add_variable(
            variable("family", value_type=Enum, possible_values=Family, default_value=Family[FAMILIES[0]])
        )
        for formula in (base, gross, withheld, amc, left):
            self.add_variable(variable(formula.__name__, formula))


def main():
    period, family, fee, base = numpy.fromfile(sys.argv[1], dtype="int32").reshape(-1, 4).T.copy()
    system = System()
    parts = []
    for number, month in enumerate(TABLES["months"]):
        chosen = period == number
        parts.append((month, family[chosen], fee[chosen], base[chosen]))
    start, start_cpu, paid, remaining, gross = time.perf_counter(), time.process_time(), 0, 0, 0
    for month, family, fee, given in parts:
        simulation = SimulationBuilder().build_default_simulation(system, count=len(fee))
        simulation.set_input("fee", month, fee)
        simulation.set_input("given", month, given)
        simulation.set_input("family", month, EnumArray(family.astype("uint8"), Family))
        remaining += int(simulation.calculate("left", month).astype("int64").sum())
        gross += int(simulation.calculate("gross", month).astype("int64").sum())
        paid += int(simulation.calculate("amc", month).astype("int64").sum())
    print(
        json.dumps(
            {
                "seconds": time.perf_counter() - start,
                "cpu_seconds": time.process_time() - start_cpu,
                "gross": gross,
                "paid": paid,
                "left": remaining,
            }
        )
    )


main()
