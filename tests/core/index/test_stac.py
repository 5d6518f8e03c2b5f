from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pystac
import pytest

from changeseek.core.errors import IndexFolderError
from changeseek.core.index.manifest import IndexRecord, TileCounts, differences
from changeseek.core.index.stac import from_json, interval, to_json


def test_a_record_comes_back_as_it_was(record: IndexRecord) -> None:
    assert from_json(to_json(record)) == record


def test_it_is_a_stac_item_of_two_dates(record: IndexRecord) -> None:
    item = pystac.Item.from_dict(json.loads(to_json(record)))
    assert item.datetime is None
    assert item.properties["start_datetime"] == "2009-08-18T00:00:00Z"
    assert item.properties["end_datetime"] == "2015-09-26T00:00:00Z"
    assert [link.title for link in item.get_links("emb:source-data")] == ["before", "after"]
    assert item.properties["emb:type"] == "chip"
    assert item.assets["embeddings"].href == "./tiles"


def test_its_place_is_given_in_longitude_and_latitude(record: IndexRecord) -> None:
    west, south, east, north = json.loads(to_json(record))["bbox"]
    assert 14.99 < west < east < 15.01
    assert 45.1 < south < north < 45.2


def test_an_unknown_date_opens_the_interval_as_far_as_is_sure(record: IndexRecord) -> None:
    before, after = replace(record.before, date=None), replace(record.after, date=None)
    first_photograph, copied = datetime(1858, 1, 1, tzinfo=UTC), datetime.fromtimestamp(1.6e9, UTC)
    assert interval(before, after) == (first_photograph, copied)
    assert interval(record.before, after) == (datetime(2009, 8, 18, tzinfo=UTC), copied)
    assert interval(before, record.after) == (first_photograph, datetime(2015, 9, 26, tzinfo=UTC))


def test_unknown_dates_are_said_to_be_unknown(record: IndexRecord) -> None:
    unknown = replace(record, before=replace(record.before, date=None))
    assert json.loads(to_json(unknown))["properties"]["changeseek:dates"] == [None, "2015-09-26"]


def test_the_id_depends_on_what_the_index_is_and_not_on_how_far_it_got(record: IndexRecord) -> None:
    def name(some: IndexRecord) -> str:
        return str(json.loads(to_json(some))["id"])

    assert name(record) == name(replace(record, state="building", counts=None))
    assert name(record) != name(replace(record, before=replace(record.before, mtime=7.0)))


def test_what_makes_another_index_is_named(record: IndexRecord) -> None:
    assert differences(record, replace(record, state="building", counts=TileCounts(1, 1))) == []
    assert differences(record, replace(record, model=replace(record.model, name="other"))) == []
    assert differences(record, replace(record, grid=replace(record.grid, stride=3))) == ["the tile grid"]


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"properties": {}}', '{"properties": {"changeseek:format": 1}}']
)
def test_something_else_is_no_index(text: str) -> None:
    with pytest.raises(IndexFolderError, match="damaged or of another program"):
        from_json(text)


def test_a_later_format_is_said_to_be_later(record: IndexRecord) -> None:
    later = to_json(record).replace('"changeseek:format": 1', '"changeseek:format": 99')
    with pytest.raises(IndexFolderError, match="format 99"):
        from_json(later)
