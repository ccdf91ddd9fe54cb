"""Test the lists that the municipality chooses from."""

from __future__ import annotations

from app.store.catalogue_files import load_catalogue


def test_what_can_be_reported_stands_likeliest_first() -> None:
    catalogue = load_catalogue()
    likeliest = [problem.id for problem in catalogue.likeliest_problems()]
    assert likeliest[0] == 'full'
    assert sorted(likeliest) == sorted({id for kind in catalogue.asset_kinds for id in kind.problems})
    changed = catalogue.with_problems({kind.id: ('smells', 'full') for kind in catalogue.asset_kinds})
    assert [problem.id for problem in changed.likeliest_problems()] == ['smells', 'full']
