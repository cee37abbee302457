"""Circles of resources, and what has to go so that none is left."""

from __future__ import annotations

from typing import Any

import pytest

from fixer.cloudformation.circles import circles, fewest, way_round
from fixer.cloudformation.template import Template


def made(edges: dict[str, list[str]]) -> Template:
    def resource(targets: list[str]) -> dict[str, Any]:
        return {"Type": "A::B::C", "Properties": {"List": [{"Ref": target} for target in targets]}}

    return Template({"Resources": {name: resource(targets) for name, targets in edges.items()}})


@pytest.mark.parametrize(
    ("edges", "found"),
    [
        ({"A": ["B"], "B": ["C"], "C": []}, []),
        ({"A": ["A"], "B": ["A"]}, [("A",)]),
        ({"A": ["B"], "B": ["A", "C"], "C": ["D"], "D": ["C"], "E": ["A", "E"]}, [("A", "B"), ("C", "D"), ("E",)]),
        ({"C": ["A"], "B": ["C"], "A": ["B", "Gone"]}, [("C", "B", "A")]),
    ],
)
def test_circles(edges: dict[str, list[str]], found: list[tuple[str, ...]]) -> None:
    assert [circle.members for circle in circles(made(edges))] == found


def test_way_round_is_a_shortest() -> None:
    (circle,) = circles(made({"A": ["B", "C"], "B": ["D"], "C": ["A"], "D": ["A"]}))
    assert way_round(circle.references) == ("A", "C", "A")
    assert way_round([reference for reference in circle.references if reference.target != "A"]) == ()


@pytest.mark.parametrize("size", [3, 8, 60])
def test_fewest(size: int) -> None:
    """A ring, one more edge back, and a price: where all choices are tried and where they are too many."""
    names = [f"R{number}" for number in range(size)]
    edges = {name: [names[(number + 1) % size]] for number, name in enumerate(names)}
    (circle,) = circles(made(edges))
    movable = {reference: reference.path for reference in circle.references}
    gone = fewest(circle, movable, lambda paths: [path[1] != "R2" for path in paths])
    assert [path[1] for path in gone] == ["R2"]
    assert fewest(circle, {}, len) == ()


def test_thousands_in_one_circle() -> None:
    size = 1500
    names = [f"R{number}" for number in range(size)]
    (circle,) = circles(made({name: [names[(number + 1) % size]] for number, name in enumerate(names)}))
    assert len(circle.members) == size
    assert len(way_round(circle.references)) == size + 1
    movable = {reference: reference.path for reference in circle.references[:100]}
    assert len(fewest(circle, movable, lambda paths: 0)) == 1
