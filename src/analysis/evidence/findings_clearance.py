"""Findings in the clearance record: slips of a digit, repeats, renderings that differ, sums that do not hold."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from statistics import median

import pandas as pd

from analysis.evidence.comparators import Comparator
from analysis.evidence.findings import Finding, Record, groups, plain, records

TABLE = "clearance_period"
_FIGURES = ("area_ha", "ap_mines", "at_mines", "uxo", "all_devices")
_DEVICES = ("ap_mines", "at_mines", "uxo")
_NEIGHBOURS = 4
_WITHIN = timedelta(days=75)
# A lost or added decimal point gives about ten; ordinary neighbours stay within a factor of five.
_SLIP = 6.0
# Fewer devices than this repeat by chance.
_MANY_DEVICES = 20
# Rounding of printed hectares, for each part.
_ROUNDING_HA = 0.051
# Operators whose figures cover the whole of a period, as printed.
_WHOLE = ("all_operators", "anama_as_printed")


def _rows(table: pd.DataFrame) -> list[Record]:
    return records(table, "period_start", "period_end", "row_id")


def _span(row: Record) -> str:
    return f"{row.period_start} to {row.period_end}"


def tenfold_neighbours(table: pd.DataFrame) -> Iterator[Finding]:
    """Yield weeks and months whose area is six or more times, or a sixth or less of, the median of their neighbours.

    `size` is that ratio, always above one. Neighbours are the four nearest periods of the same kind, operator and
    area within 75 days, second renderings left out.
    """
    short = [row for row in _rows(table) if row.period_kind in ("week", "month") and row.area_ha]
    for _, group in groups(short, lambda row: (row.operator, row.geography, row.method, row.period_kind)):
        for row in group:
            away = [
                (abs(each.period_start_first - row.period_start_first), each.row_id, each.area_ha)
                for each in group
                if not each.alternative and each.period_start != row.period_start
            ]
            near = [area for distance, _, area in sorted(away)[:_NEIGHBOURS] if distance <= _WITHIN]
            if len(near) < 2:
                continue
            usual = median(near)
            size = max(row.area_ha / usual, usual / row.area_ha)
            if size >= _SLIP:
                detail = f"{plain(row.area_ha)} ha in {_span(row)}; median of {len(near)} neighbours {plain(usual)} ha"
                rule = "an area is about ten times, or a tenth of, its neighbours"
                yield Finding(rule=rule, table=TABLE, rows=(row.row_id,), size=size, detail=detail)


def repeated_periods(table: pd.DataFrame) -> Iterator[Finding]:
    """Yield figures that stand for two different periods: one area for two months, three device counts for two periods.

    `size` is the area repeated, or the number of devices.
    """
    rows = [row for row in _rows(table) if row.period_kind != "cumulative"]
    months = [row for row in rows if row.period_kind == "month" and row.area_ha]
    for (_, _, area_ha), group in groups(months, lambda row: (row.operator, row.geography, row.area_ha)):
        yield from _repeat(group, "two months have the same area", area_ha)
    counted = [row for row in rows if None not in _devices(row) and sum(_devices(row)) >= _MANY_DEVICES]
    for (_, devices), group in groups(counted, lambda row: (row.geography, _devices(row))):
        yield from _repeat(group, "two periods have the same three device counts", sum(devices))


def _devices(row: Record) -> tuple[int, ...]:
    return tuple(getattr(row, kind) for kind in _DEVICES)


def _repeat(group: list[Record], rule: str, size: float) -> Iterator[Finding]:
    # Overlapping periods, such as a month restated with other ends, are not two periods.
    apart = group[:1]
    for row in group[1:]:
        if row.period_start_first > apart[-1].period_end_last:
            apart.append(row)
    if len(apart) > 1:
        detail = f"{plain(size)}: {' and '.join(_span(row) for row in apart)}"
        yield Finding(rule=rule, table=TABLE, rows=tuple(row.row_id for row in apart), size=float(size), detail=detail)


def differing_renderings(table: pd.DataFrame) -> Iterator[Finding]:
    """Yield second renderings whose exact figures differ from the first, and pairs of mine kinds that are swapped."""
    exact = [row for row in _rows(table) if row.comparator == Comparator.EXACT]
    for _, group in groups(exact, lambda row: (row.period_start, row.period_end, row.geography, row.operator)):
        first = [row for row in group if not row.alternative]
        if len(first) == 1:  # else there is none to compare with, or the page has several products of one period
            for other in group:
                if other.alternative:
                    yield from _compare(first[0], other)


def _compare(one: Record, other: Record) -> Iterator[Finding]:
    mines = (one.ap_mines, one.at_mines), (other.at_mines, other.ap_mines)
    if None not in mines[0] and mines[0] == mines[1] and one.ap_mines != one.at_mines:
        detail = f"{_span(one)}: {one.ap_mines} and {one.at_mines}, other way round in the second rendering"
        size = float(abs(one.ap_mines - one.at_mines))
        rows = (one.row_id, other.row_id)
        yield Finding(rule="antipersonnel and anti-tank swapped", table=TABLE, rows=rows, size=size, detail=detail)
    for figure in _FIGURES:
        here, there = getattr(one, figure), getattr(other, figure)
        if here is not None and there is not None and here != there:
            yield Finding(
                rule="two renderings of a period differ",
                table=TABLE,
                rows=(one.row_id, other.row_id),
                size=float(abs(here - there)),
                detail=f"{_span(one)}: {figure} {plain(here)} and {plain(there)}",
            )


def falling_cumulatives(table: pd.DataFrame) -> Iterator[Finding]:
    """Yield areas since a start that are below an earlier one of the same operator and area."""
    exact = [row for row in _rows(table) if row.comparator == Comparator.EXACT and row.area_ha is not None]
    since = [row for row in exact if row.period_kind == "cumulative"]
    for _, group in groups(since, lambda row: (row.operator, row.geography, row.period_start)):
        for row in group:
            earlier = [each for each in group if each.period_end < row.period_end]
            top = max(earlier, key=lambda each: float(each.area_ha), default=None)
            if top is not None and top.area_ha > row.area_ha:
                yield Finding(
                    rule="an area since a start falls over time",
                    table=TABLE,
                    rows=(top.row_id, row.row_id),
                    size=float(top.area_ha - row.area_ha),
                    detail=f"{plain(top.area_ha)} ha to {top.period_end}, then {plain(row.area_ha)} ha to "
                    f"{row.period_end} ({row.operator}, {row.geography})",
                )


def sums_of_years(table: pd.DataFrame) -> Iterator[Finding]:
    """Yield years whose districts, operators or months as printed do not add to the year; `size` is in hectares.

    Months fall short because not every month was printed with an area; lower bounds among them count as printed.
    """
    first = [row for row in _rows(table) if row.area_ha is not None and not row.alternative]
    years = [row for row in first if row.period_kind == "year" and row.comparator == Comparator.EXACT]
    for period, same in groups(years, lambda row: (row.period_start, row.period_end)):
        regained = [row for row in same if row.geography == "regained_districts" and row.method == "unspecified"]
        year = next((row for row in regained if row.operator in _WHOLE), None)
        if year is None:
            continue
        districts = [row for row in same if row.source_id in _breaking_down(same) and row.geography != year.geography]
        operators = [row for row in regained if row.operator not in _WHOLE]
        months = [
            row
            for row in first
            if row.period_kind == "month"
            and row.geography == year.geography
            and row.operator != "ministry_of_defence"
            and period[0] <= row.period_start
            and row.period_end <= period[1]
        ]
        yield from _sum(year, districts, "districts do not add to the year")
        yield from _sum(year, operators, "operators do not add to the year")
        yield from _sum(year, months, "months with an area do not add to the year")


def _breaking_down(rows: list[Record]) -> tuple[str, ...]:
    """Return the pages that break a year of all operators down by district."""
    return tuple(row.source_id for row in rows if row.geography == "other_districts")


def _sum(year: Record, parts: list[Record], rule: str) -> Iterator[Finding]:
    added = sum(row.area_ha for row in parts)
    if len(parts) > 1 and abs(year.area_ha - added) > _ROUNDING_HA * (len(parts) + 1):
        yield Finding(
            rule=rule,
            table=TABLE,
            rows=(year.row_id, *(row.row_id for row in parts)),
            size=float(abs(year.area_ha - added)),
            detail=f"{plain(year.area_ha)} ha printed for {_span(year)}, {len(parts)} parts add to {plain(added)} ha",
        )


def devices_and_kinds(table: pd.DataFrame) -> Iterator[Finding]:
    """Yield totals of devices that are not the sum of the kinds printed beside them."""
    for row in _rows(table):
        if row.comparator != Comparator.EXACT or row.all_devices is None or None in _devices(row):
            continue
        added = sum(_devices(row))
        if added != row.all_devices:
            yield Finding(
                rule="kinds of device do not add to all devices",
                table=TABLE,
                rows=(row.row_id,),
                size=float(abs(added - row.all_devices)),
                detail=f"all devices {row.all_devices}, kinds {added}",
            )
