"""Columns that look as if they held personal data, told by their names.

Study and record need no persons. A column that the repository's own description of the evidence does not have, and that
looks like a name, a birth date, an address or a diagnosis, is refused before its cells are used: an export of
casualties is easily handed over whole.

The words stand here in English, and in Azerbaijani, Russian and Armenian, in their own script and transliterated.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from analysis.errors import Fault
from analysis.evidence.descriptor import Descriptor
from analysis.evidence.schema import DESCRIPTOR

ADVICE: Final = (
    "it looks like personal data, which no study here needs; take the column out of the file, or, if it says nothing "
    "about persons, rename it"
)

# A column that holds any of these, also with others around it, as in `victim_age` or `DateOfBirth`.
_WORDS: Final = """
age birth birthdate birthday dob surname patronymic nickname passport phone telephone telephon mobile email mail
address street village hamlet hometown residence household gender sex ethnicity nationality religion
diagnosis diagnoses medical medication hospital amputation amputated disability prosthesis
kin kinship spouse wife husband father mother son daughter marital photo photograph iban signature
soyad soyadi dogum dogulan yas yasi telefon unvan unvani kend kendi pasport vesiqe vesiqesi sexsiyyet diaqnoz
milliyyet cinsiyyet
familiya familia otchestvo fio vozrast rozhdeniya rozhdeniia rojdeniya adres selo derevnya diagnoz natsionalnost
фамилия отчество фио возраст рождения паспорт телефон адрес село деревня диагноз национальность
azganun hayranun tariq tarik tsnndyan cnndyan andznagir herakhos heraxos hastse hasce gyugh akhtoroshum axtorosum
ազգանուն հայրանուն տարիք ծննդյան անձնագիր հեռախոս հասցե գյուղ ախտորոշում
"""
# A column that is called just so; inside a longer name these mean other things, as in `district_name`.
_WHOLE: Final = """
name names ad adi imya anun имя անուն fin pol пол cins id_card identity_card national_id personal_id personal_number
identity_number social_security_number ata_adi date_of_death cause_of_death
first_name last_name full_name given_name family_name middle_name maiden_name
"""
# Before or after `name` these say whose name it is.
_PERSONS: Final = """
victim victims patient person casualty survivor deminer employee beneficiary child contact informant witness
respondent first last full given family middle maiden
"""

_UNDECOMPOSED: Final = str.maketrans({"ə": "e", "ı": "i"})  # noqa: RUF001
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BETWEEN: Final = re.compile(r"[\W\d_]+")


def _parts(name: str) -> list[str]:
    """Return the words of a column's name, in small letters without marks."""
    spaced = _CAMEL.sub(" ", name)
    folded = unicodedata.normalize("NFKD", spaced.casefold()).translate(_UNDECOMPOSED)
    bare = "".join(character for character in folded if not unicodedata.combining(character))
    return [part for part in _BETWEEN.split(bare) if part]


def _folded(words: str) -> frozenset[str]:
    return frozenset("_".join(_parts(word)) for word in words.split())


_CONTAINED, _ALONE, _OF_PERSONS = _folded(_WORDS), _folded(_WHOLE), _folded(_PERSONS)


def looks_personal(column: str) -> bool:
    """Say whether the name of a column looks as if its cells described persons."""
    parts = [part if part in _CONTAINED else part.removesuffix("s") for part in _parts(column)]
    if "_".join(parts) in _ALONE or any(part in _CONTAINED for part in parts):
        return True
    return "name" in parts and any(part in _OF_PERSONS for part in parts)


def personal_data_faults(package: Descriptor, own: Descriptor) -> Iterator[Fault]:
    """Yield every described column that the repository's own package lacks and that looks like personal data."""
    for name, schema in package.tables.items():
        known = own.tables[name].columns if name in own.tables else ()
        for column in schema.columns:
            if column not in known and looks_personal(column):
                yield Fault(file=DESCRIPTOR, column=column, rule=f"a column of table {name} cannot be taken: {ADVICE}")
