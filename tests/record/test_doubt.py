from __future__ import annotations

from analysis.record.doubt import doubt_about_record


def test_a_sound_record_is_not_doubted(record) -> None:
    assert doubt_about_record(record.layout) == ""


def test_damage_is_told_in_one_line(record) -> None:
    (record.layout.figures / "values.json").write_text("{}")
    said = doubt_about_record(record.layout)
    assert said.startswith("the record is damaged: figures/values.json was changed after it was published; ")
    record.layout.manifest.write_text("{")
    assert "figures/MANIFEST.json is damaged" in doubt_about_record(record.layout)


def test_half_of_a_publication_is_told_first(record) -> None:
    (record.layout.figures / "values.json").write_text("{}")
    record.layout.publication.mkdir(parents=True)
    (record.layout.publication / "journal.json").write_text("[]")
    assert "a publication was interrupted" in doubt_about_record(record.layout)
