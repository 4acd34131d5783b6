"""Paths of legislation: the Act of a provision, what contains it, and its words."""

from __future__ import annotations

import pytest

from graph.triples.provision import act, ancestors, at_section_level, label


@pytest.mark.parametrize(
    ("path", "chain", "words", "section"),
    [
        (
            "ukpga/1974/7/section/26A/1",
            ("ukpga/1974/7/section/26A", "ukpga/1974/7"),
            "Local Government Act 1974, section 26A(1)",
            "ukpga/1974/7/section/26A",
        ),
        (
            "ukpga/Geo6/12-13-14/55/section/2/1",
            ("ukpga/Geo6/12-13-14/55/section/2", "ukpga/Geo6/12-13-14/55"),
            "Prevention of Damage by Pests Act 1949, section 2(1)",
            "ukpga/Geo6/12-13-14/55/section/2",
        ),
        (
            "ukpga/Vict/20-21/81/section/25",
            ("ukpga/Vict/20-21/81",),
            "Burial Act 1857, section 25",
            "ukpga/Vict/20-21/81/section/25",
        ),
        ("ukpga/Vict/20-21/81", (), "Burial Act 1857", "ukpga/Vict/20-21/81"),
        ("ukpga/1974/7", (), "Local Government Act 1974", "ukpga/1974/7"),
    ],
)
def test_a_path_leads_up_to_its_act_whatever_years_it_is_numbered_by(
    path: str, chain: tuple[str, ...], words: str, section: str
) -> None:
    assert ancestors(path) == chain
    assert act(path) == (chain[-1] if chain else path)
    assert label(path) == words
    assert at_section_level(path) == section
